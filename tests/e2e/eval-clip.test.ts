import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { fixturePath } from "#testing"
import { runEval } from "./eval-process.ts"

const images = fixturePath("image-processor/images")
let folder = ""
let model = ""

/** A small CLIP whose tokenizer knows letters and full stops. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "llava-eval-clip-"))
  model = join(folder, "clip")
  await cp(fixturePath("clip/model"), model, { recursive: true })
  const characters = [..."abcdefghijklmnopqrstuvwxyz."]
  const names = [...characters, ...characters.map((character) => `${character}</w>`)]
  const vocab = Object.fromEntries(names.map((name, id) => [name, id + 2]))
  const special = { "<|startoftext|>": 118, "<|endoftext|>": 119 }
  const bpe = { type: "BPE", vocab: { ...vocab, ...special }, merges: [], end_of_word_suffix: "</w>" }
  await writeFile(join(model, "tokenizer.json"), JSON.stringify({ model: bpe }))
})
afterAll(() => rm(folder, { recursive: true }))

const write = async (name: string, text: string) => {
  await writeFile(join(folder, name), text)
  return join(folder, name)
}

test("labels with templates averaged, gone on with, and scored", { timeout: 120_000 }, async () => {
  const line = (id: number, image: string, label: string) => JSON.stringify({ question_id: id, image, label })
  const pictures = ["drawn-333x217.png", "drawn-120x401-alpha.png"]
  const all = pictures.map((image, id) => line(id, image, ["cat", "dog"][id]!)).join("\n")
  const questions = await write("labelled.jsonl", all)
  const output = join(folder, "labels.jsonl")
  const run = [
    ...["run", "zero-shot", "--model", model, "--questions", questions, "--images", images, "--output", output],
    ...["--templates", await write("templates.txt", "a photo of {}.\n{}\n")],
  ]
  const first = await runEval([...run, "--limit", "1"])
  expect(first.messages.at(-1)).toContain("1 answers in")
  const before = await readFile(output, "utf8")
  expect((await runEval(run)).messages.at(-1)).toContain("2 answers in")
  const after = await readFile(output, "utf8")
  expect(after.startsWith(before)).toBe(true)
  const answers = after
    .trim()
    .split("\n")
    .map((text) => JSON.parse(text))
  for (const { text, metadata } of answers) {
    expect(["cat", "dog"]).toContain(text)
    expect(metadata.probability).toBeGreaterThanOrEqual(0.5)
    expect(metadata.run).toMatchObject({ labels: ["cat", "dog"], templates: ["a photo of {}.", "{}"] })
  }
  const right = answers.filter(({ text }, index) => text === ["cat", "dog"][index]).length
  const { stdout } = await runEval(["score", "zero-shot", "--questions", questions, "--predictions", output, "--json"])
  expect(JSON.parse(stdout)).toMatchObject({ correct: right, total: 2, accuracy: right * 50 })
})

test("captions beside their images", { timeout: 120_000 }, async () => {
  const questions = await write(
    "images.jsonl",
    '{"image_id": 1, "image": "drawn-333x217.png"}\n{"image_id": 2, "image": "drawn-120x401-alpha.png"}',
  )
  const files = [
    ...["--model", model, "--questions", questions, "--images", images, "--json"],
    ...["--predictions", await write("captions.json", '{"1": "a red line", "2": "lines"}')],
    ...["--references", await write("references.json", '{"1": ["a red line"], "2": ["no", "lines"]}')],
  ]
  const { code, stdout, messages } = await runEval(["clip-score", ...files])
  expect(code, messages.join()).toBe(0)
  const { clipScore, refClipScore, captions } = JSON.parse(stdout)
  expect(captions).toBe(2)
  expect(clipScore).toBeGreaterThanOrEqual(0)
  expect(clipScore).toBeLessThanOrEqual(2.5)
  // Captions that stand among their references: their cosine is 1.
  if (clipScore > 0) expect(refClipScore).toBeGreaterThan(clipScore)
})
