import { afterAll, beforeAll, test } from "vitest"
import { DamagedModels } from "./damaged-model.ts"
import { expectMessage } from "./expect-message.ts"

let models: DamagedModels
beforeAll(async () => {
  models = await DamagedModels.create()
})
afterAll(() => models[Symbol.asyncDispose]())

/** One of each kind; `chat.long.test.ts` has all. */
test.each([
  "a folder without config.json",
  "an unknown model type",
  "a damaged tokenizer",
  "a safetensors header whose length lies",
  "a tensor of the wrong shape",
  "a pickle that wants to call something",
  "a missing shard",
  "an unknown projector",
  "LLaVA 1.6 in Hugging Face's layout",
  "a projector without its language model",
  "a truncated GGUF file",
  "a model too big for the adapter",
])("%s: one message, without a stack, and exit code 1", (name) => expectMessage(models, name))
