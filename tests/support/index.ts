export { expectClose, largestRelativeError } from "./expect-close.ts"
export { fixturePath, referencePath, withReference } from "./fixtures.ts"
export { randomValues } from "./random.ts"
export { testDevice } from "./test-device.ts"
