import { readFileSync } from "node:fs"
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { expect, test } from "vitest"
import { fixturePath } from "#testing"
import { repository } from "../architecture/workspace.ts"
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

test("the projector of docs/own-parts.md is used as it stands there, and its fewer tokens reach the language model", async () => {
  const folder = await mkdtemp(join(tmpdir(), "llava-own-projector-"))
  await cp(fixturePath("own-parts/siglip-llama"), folder, { recursive: true })
  const config = JSON.parse(await readFile(join(folder, "config.json"), "utf8"))
  const parts = { projector: { type: "pooled_mlp", ratio: 3 } }
  await writeFile(
    join(folder, "config.json"),
    JSON.stringify({ ...config, llava: { parts, selectFeature: "cls_patch" } }),
  )
  const text = await readFile(join(repository, "docs/own-parts.md"), "utf8")
  const source = /<!-- part: tests run it -->\s*```ts\n(.*?)^```/ms.exec(text)![1]!
  // Beside the tests, where zod is found.
  const module = join(await mkdtemp(join(repository, "tests/.examples-projector-")), "pooled-mlp.ts")
  await writeFile(module, source)
  const { image, question } = answerOf("siglip-llama")
  const asked = ["--image", image, "--prompt", question, "--max-new-tokens", "4", "--ignore-eos", "--json"]
  const given = ["--part", exampleSource("own-encoder"), "--part", module]
  const chat = await runChat(["--model", folder, ...given, ...asked])
  await rm(dirname(module), { recursive: true })
  expect(chat).toMatchObject({ code: 0 })
  expect(JSON.parse(chat.stdout)).toMatchObject({ tokens: { image: 3, generated: 4 } })
})
