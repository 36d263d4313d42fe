import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { fixturePath } from "#testing"
import { runChat } from "./chat-process.ts"
import { answerOf, exampleSource } from "./own-parts/answers.ts"

test.each(["own-encoder", "own-decoder"])("%s is written in less than 100 lines", (example) => {
  expect(readFileSync(exampleSource(example), "utf8").trimEnd().split("\n").length).toBeLessThan(100)
})

test.each([
  ["siglip-llama", ["own-encoder"]],
  ["clip-gpt2", ["own-decoder"]],
  ["model", ["own-encoder", "own-decoder"]],
])("--part, from where it lies in the repository: %s says the tokens of transformers", async (model, parts) => {
  const { image, question, new_ids: tokenIds, text, prompt_tokens: prompt } = answerOf(model)
  const asked = ["--image", image, "--prompt", question, "--max-new-tokens", "16", "--ignore-eos", "--json"]
  const given = parts.flatMap((part) => ["--part", exampleSource(part)])
  const chat = await runChat(["--model", fixturePath("own-parts", model), ...given, ...asked])
  expect(chat).toMatchObject({ code: 0 })
  expect(JSON.parse(chat.stdout)).toMatchObject({ tokenIds, answer: text, tokens: { prompt, image: 9 } })
})

test("without the part the error names its model type", async () => {
  const chat = await runChat(["--model", fixturePath("own-parts/siglip-llama"), "--prompt", "x"])
  expect(chat).toMatchObject({ code: 1, stdout: "", messages: [expect.stringContaining("siglip_vision_model")] })
})
