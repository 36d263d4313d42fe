import { expect, test } from "vitest"
import { partsOfModule } from "./parts-of-module.ts"

const configSchema = { "~standard": {} }
const part = { kind: "projector", modelType: "mine", configSchema, build: () => undefined }

test("a part, or an array of parts", () => {
  expect(partsOfModule("m.mjs", { default: part })).toEqual([part])
  expect(partsOfModule("m.mjs", { default: [part, part] })).toEqual([part, part])
})

test.each([
  {},
  { default: undefined },
  { default: [] },
  { default: [part, {}] },
  { default: { ...part, kind: "hat" } },
  { default: { ...part, modelType: undefined } },
  { default: { ...part, configSchema: {} } },
  { part },
])("%j exports none", (module) => {
  expect(() => partsOfModule("m.mjs", module)).toThrow(/^--part m\.mjs: .*definePart/)
})
