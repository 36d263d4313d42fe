import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { crc32 } from "node:zlib"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { fixturePath } from "#testing"
import { runChat } from "./chat-process.ts"
import { originalLlava } from "./original-llava.ts"
import { textModelFolder } from "./text-model.ts"

const { folder: model } = originalLlava
const picture = fixturePath("image-processor/images/drawn-333x217.png")
let folder: string
let textModel: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "llava-mistakes-"))
  await writeFile(join(folder, "corrupt.jpg"), Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 1, 2, 3))
  await writeFile(join(folder, "empty.jpg"), "")
  const huge = await readFile(picture)
  huge.writeUInt32BE(20_000, 16)
  huge.writeUInt32BE(20_000, 20)
  huge.writeUInt32BE(crc32(huge.subarray(12, 29)), 29)
  await writeFile(join(folder, "huge.png"), huge)
  textModel = await textModelFolder()
})

afterAll(async () => {
  await rm(folder, { recursive: true })
  await rm(textModel, { recursive: true })
})

const asked = ["--model", model, "--template", "v1", "--prompt", "What is this?"]

describe("one message, exit code 1, nothing on standard output", () => {
  test.each<[string, () => string[], RegExp]>([
    ["a missing picture", () => [...asked, "--image", "nowhere.jpg"], /nowhere\.jpg/],
    ["a corrupt picture", () => [...asked, "--image", join(folder, "corrupt.jpg")], /corrupt\.jpg/],
    ["an empty picture", () => [...asked, "--image", join(folder, "empty.jpg")], /empty\.jpg is empty/],
    [
      "a picture too large",
      () => [...asked, "--image", join(folder, "huge.png")],
      /huge\.png is 20000 x 20000 .*limit is 100 million.*smaller/,
    ],
    ["no address", () => [...asked, "--image", "http://"], /http:\/\/ is no valid address/],
    ["a place without a picture", () => [...asked, "--prompt", "<image> Why?"], /<image> once.*--image/],
    [
      "more pictures than places",
      () => [...asked, "--prompt", "<image> Why?", "--image", picture, "--image", picture],
      /<image> once.*2.*Write <image>/,
    ],
    ["an unknown template", () => [...asked, "--template", "v9"], /"v9".*vicuna_v1/],
    ["a missing model", () => ["--model", "./no/such/model", "--prompt", "x"], /no\/such\/model/],
    ["no prompt", () => ["--model", model, "--template", "v1"], /standard input is empty/],
    ["an unknown option", () => ["--pormpt", "x"], /Did you mean --prompt\?/],
    [
      "a picture for a model without eyes",
      () => ["--model", textModel, "--template", "v1", "--prompt", "x", "--image", picture],
      /no image encoder/,
    ],
    [
      "a prompt longer than the context",
      () => ["--model", textModel, "--template", "v1", "--prompt", "x".repeat(200)],
      /The prompt has \d+ tokens.* \d+.*Shorten/,
    ],
  ])("%s", async (_, args, message) => {
    const cacheDir = { HF_HUB_CACHE: join(folder, "hub") }
    const run = await runChat(args(), { cwd: folder, environment: cacheDir })
    const mistakes = run.messages.filter((line) => !/loading weights|is ready/.test(line))
    expect(run).toMatchObject({ code: 1, stdout: "" })
    expect(mistakes).toEqual([expect.stringMatching(message)])
    expect(run.stderr).not.toMatch(/\n\s+at /)
  })
})

test("--verbose shows where a mistake was found", async () => {
  const run = await runChat([...asked, "--image", "nowhere.jpg", "--verbose"], { cwd: folder })
  expect(run).toMatchObject({ code: 1, stdout: "" })
  expect(run.stderr).toMatch(/ImageError.*nowhere\.jpg.*\n\s+at /s)
})
