import { afterAll, beforeAll, test } from "vitest"
import { DamagedModels } from "./damaged-model.ts"
import { expectMessage } from "./expect-message.ts"
import { mistakes } from "./mistakes.ts"

let models: DamagedModels
beforeAll(async () => {
  models = await DamagedModels.create()
})
afterAll(() => models[Symbol.asyncDispose]())

test.each(Object.keys(mistakes))("%s: one message, without a stack, and exit code 1", (name) =>
  expectMessage(models, name),
)
