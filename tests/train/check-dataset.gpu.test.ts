import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { checkDataset, readDataset, stage1, train } from "@llava/train"
import { afterEach, beforeEach, expect, it } from "vitest"
import { fixturePath, testDevice } from "#testing"
import { smallLlava } from "./small-llava.ts"

let folder = ""
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "check-"))
})
afterEach(() => rm(folder, { recursive: true }))

const images = fixturePath("image-processor/images")
const sample = (id: string | number, caption: string, image = "drawn-333x217.png") => ({
  id,
  image,
  conversations: [
    { from: "human", value: "<image>" },
    { from: "gpt", value: caption },
  ],
})

/** Of seven samples two can be used as they are, and one cut. */
async function mixed() {
  const samples = [
    sample("good", "A house."),
    sample("bad picture", "A house.", "none.png"),
    { id: "bad shape", conversations: [] },
    sample("long", "house ".repeat(40)),
    { ...sample("no answer", ""), conversations: [{ from: "human", value: "<image>" }] },
    { ...sample("order", "x"), conversations: [{ from: "gpt", value: "A house." }] },
    sample(7, "A tree."),
  ]
  const file = join(folder, "data.json")
  await writeFile(file, JSON.stringify(samples, null, 1))
  const lines = JSON.stringify(samples, null, 1).split("\n")
  const lineOf = (id: string) => lines.findIndex((line) => line.includes(id))
  return { file, lineOf }
}

it("checks every sample, shows what is learned, and lists what cannot be used", async () => {
  const { file, lineOf } = await mixed()
  await using model = await smallLlava(await testDevice())
  const dataset = await readDataset(file, { images, skipBad: true })
  const recipe = stage1({ template: "plain", batchSize: 2 })
  const seen: number[] = []
  const check = await checkDataset({ model, dataset, recipe, onProgress: ({ checked }) => seen.push(checked) })
  expect(seen).toEqual([7])
  // A word is a byte: beginning, 16 of the image, caption, line break; 128 at most.
  expect(check).toMatchObject({ samples: 3, images: 3, limit: 128, cut: ["long"], longest: 1 + 16 + 240 + 1 })
  expect(check.tokens).toBe(1 + 16 + 9 + 128 + 1 + 16 + 8)
  expect(check.learnedTokens).toBe(9 + 111 + 8)
  expect(check.examples.map(({ id, learned }) => [id, learned])).toEqual([
    ["good", ["A house.\n"]],
    ["long", [`${"house ".repeat(40)}\n`]],
    [7, ["A tree.\n"]],
  ])
  expect(check.problems.map(({ index, id, file, line, error }) => [index, id, file, line, error.name])).toEqual([
    [1, "bad picture", file, lineOf("bad picture"), "TrainError"],
    [2, undefined, file, lineOf("bad shape"), "DatasetError"],
    [4, "no answer", file, lineOf("no answer"), "PromptError"],
    [5, "order", file, lineOf("order"), "PromptError"],
  ])
  const cutOff = await checkDataset({ model, dataset, recipe: { ...recipe, maxLength: 17 } })
  expect(cutOff.problems.find(({ id }) => id === "good")?.error).toMatchObject({ code: "nothing-learned" })
})

it("trains without samples that cannot be used, or names the first of them", async () => {
  const { file } = await mixed()
  await using model = await smallLlava(await testDevice())
  const dataset = await readDataset(file, { images, skipBad: true })
  const run = async (skipBad: boolean) => {
    const skipped = new Map<string | number, Error>()
    const losses: number[] = []
    const recipe = stage1({ template: "plain", batchSize: 7, steps: 2, skipBad })
    const onSkipped = (id: string | number, error: Error) => skipped.set(id, error)
    for await (const { loss } of train({ model, dataset, recipe, onSkipped })) losses.push(loss)
    return { skipped: [...skipped.keys()].toSorted(), losses }
  }
  const { skipped, losses } = await run(true)
  expect(skipped).toEqual([2, "bad picture", "no answer", "order"])
  expect(losses.every(Number.isFinite)).toBe(true)
  await expect(run(false)).rejects.toThrow(/bad picture|bad shape|Sample 2|no answer|order/)
})
