export { expectClose, largestRelativeError } from "./expect-close.ts"
export { fixturePath, referencePath, withReference } from "./fixtures.ts"
