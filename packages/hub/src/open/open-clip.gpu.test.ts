import { readFileSync } from "node:fs"
import { zeroShotProbabilities } from "@llava/clip"
import { AssembledTokenizer } from "@llava/core"
import { describe, expect, it } from "vitest"
import { expectClose, fixturePath, testDevice } from "#testing"
import { Golden } from "../testing/golden.ts"
import { openClip } from "./open-clip.ts"

const device = await testDevice()
const tolerance = device.profile.software ? 1e-5 : 1e-4

/** Reads "row 2" as the third row of a fixture's ids, since fixtures have no words. */
async function fixtureTokenizer(name: string): Promise<AssembledTokenizer> {
  await using golden = await Golden.open(name)
  const rows = await golden.rows("input_ids", "attention_mask")
  return new AssembledTokenizer({
    tokens: Array.from({ length: 120 }, (_, id) => `token ${id}`),
    encodeText: (text) => rows[Number(/row (\d)/.exec(text)![1])]!,
    tokenBytes: (id) => Uint8Array.of(id),
    addedTokens: [],
    prefix: [],
    suffix: [],
    eosTokenId: 119,
    padTokenId: 0,
    stripsLeadingSpace: false,
  })
}

describe.each([
  ["clip", "model"],
  ["clip", "model-torch-bin"],
  ["clip-legacy-eos", "model"],
])("CLIP from %s/%s", (name, folder) => {
  it("embeds texts as Hugging Face does", async () => {
    const tokenizer = await fixtureTokenizer(name)
    await using clip = await openClip(fixturePath(name, folder), { device, tokenizer, dtype: "f32" })
    await using golden = await Golden.open(name)
    const vectors = await clip.embedTexts(["row 0", "row 1", "row 2", "row 3"])
    const flat = vectors.flatMap((vector) => [...vector])
    expectClose(flat, await golden.floats("text_embeds"), tolerance)
  })

  it("classifies pictures by the average of prompts", async () => {
    const tokenizer = await fixtureTokenizer(name)
    await using clip = await openClip(fixturePath(name, folder), { device, tokenizer, dtype: "f32" })
    const image = readFileSync(fixturePath("image-processor", "images", "drawn-333x217.png"))
    const [vector] = await clip.embedImages([image])
    const texts = await clip.embedTexts(["row 0", "row 1", "row 2"])
    const scale = Math.exp((await clip.model.logit_scale.tensor.read())[0]!)

    const [plain] = await clip.zeroShot({ images: [image], labels: ["0", "1", "2"], templates: ["row {}"] })
    expectClose(plain!, zeroShotProbabilities(vector!, texts, scale), 1e-6)
    expect(plain!.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 6)

    // Two templates whose prompts are the same two rows give one class: their normalised mean.
    const [averaged] = await clip.zeroShot({ images: [image], labels: ["w 0", "w 2"], templates: ["ro{}", "row 1 {}"] })
    const mean = (a: Float32Array, b: Float32Array) => {
      const sum = a.map((value, i) => value + b[i]!)
      return sum.map((value) => value / Math.hypot(...sum))
    }
    const classes = [mean(texts[0]!, texts[1]!), mean(texts[2]!, texts[1]!)]
    expectClose(averaged!, zeroShotProbabilities(vector!, classes, scale), 1e-5)
  })
})

describe("zero-shot classification", () => {
  it("refuses templates without a place for the label, and models of other kinds", async () => {
    const tokenizer = await fixtureTokenizer("clip")
    await using clip = await openClip(fixturePath("clip", "model"), { device, tokenizer })
    await expect(clip.zeroShot({ images: [], labels: ["0"], templates: ["a photo"] })).rejects.toThrow(
      expect.objectContaining({ code: "zero-shot-labels" }),
    )
    await expect(openClip(fixturePath("llama-mha", "model"), { device })).rejects.toThrow(
      expect.objectContaining({ code: "unknown-model-type" }),
    )
    await expect(openClip(fixturePath("clip", "model"), { device })).rejects.toThrow(
      expect.objectContaining({ code: "no-tokenizer" }),
    )
  })
})
