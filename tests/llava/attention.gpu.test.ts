import { readFileSync } from "node:fs"
import { encodeForGeneration, IMAGE_TOKEN_INDEX, type Message } from "@llava/core"
import { imageAttention, type Llava } from "@llava/model"
import { Tensor } from "@llava/tensor"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { z } from "zod"
import { expectClose, fixturePath, testDevice } from "#testing"
import { collapseImages } from "../parity/collapse-images.ts"
import { Fixture } from "../parity/fixture.ts"
import { openTrainable } from "../parity/open-trainable.ts"
import { generationRow, openGolden, otherPicture, picture } from "./open-golden.ts"

/** Made by tools/reference/attention_rows.py: transformers in float64, averaged over layers and heads. */
const reference = z
  .object({ rows: z.array(z.object({ images: z.tuple([z.int(), z.int()]), weights: z.array(z.array(z.number())) })) })
  .parse(JSON.parse(readFileSync(new URL("attention/llava-hf.json", import.meta.url), "utf8")))

describe("attentionRows of a language model", () => {
  it.each(reference.rows.map(({ images, weights }, row) => ({ row, images, weights })))(
    "row $row: what transformers computes in float64",
    async ({ row, images: [first, count], weights }) => {
      const device = await testDevice()
      await using fixture = await Fixture.open(fixturePath("llava-hf"), "llava-hf")
      await using model = await openTrainable(fixturePath("llava-hf/model"), device)
      const ids = (await fixture.rows("input_ids"))[row]!.slice(0, weights.length)
      const pixels = await fixture.floats("pixel_values")
      const [, ...shape] = fixture.shape("pixel_values")
      const size = shape.reduce((product, edge) => product * edge)
      const { liveBuffers } = device.memory
      const values = await (async () => {
        using _ = device.scope()
        const chosen = Float32Array.from(pixels.slice(first * size, (first + count) * size))
        const features = model.encodeImages(Tensor.from(device, chosen, [count, ...shape]))
        const collapsed = collapseImages(ids, 330, model.tokensPerImage)
        const { embeddings } = model.splice([{ ids: collapsed }], features)
        const rows = ids.map((_, token) => token)
        return (await model.languageModel.attentionRows!(embeddings, rows).read()) as Float32Array
      })()
      expectClose(values, weights.flat(), 1e-5)
      for (let token = 0; token < ids.length; token++) {
        const sum = values.slice(token * ids.length, (token + 1) * ids.length).reduce((a, b) => a + b, 0)
        expect(sum).toBeCloseTo(1, 5)
      }
      // The rotary table comes with the first use and stays with the model.
      expect(device.memory.liveBuffers - liveBuffers).toBeLessThanOrEqual(1)
    },
  )
})

describe("imageAttention", () => {
  let model: Llava
  beforeAll(async () => {
    model = await openGolden()
  })
  afterAll(() => model[Symbol.asyncDispose]())

  const row = generationRow("v1", "drawn-333x217.png")
  const ask = (...images: string[]): Message[] => [
    {
      role: "user",
      content: [
        ...images.map((image) => ({ type: "image" as const, image })),
        { type: "text" as const, text: row.question },
      ],
    },
  ]

  it("gives each token's shares of each image, and where the patches lie", async () => {
    const { tokenIds, images, weights } = await imageAttention(model, {
      messages: ask(picture, otherPicture),
      answer: row.text,
    })
    expect(tokenIds.length).toBeGreaterThan(1)
    expect(images.map(({ columns, rows }) => [columns, rows])).toEqual([
      [4, 4],
      [4, 4],
    ])
    // This model pads pictures to squares: a wide one above and below, a tall one at the sides.
    expect(images[0]!.view).toMatchObject({ left: 0, width: 1 })
    expect(images[1]!.view).toMatchObject({ top: 0, height: 1 })
    expect(weights).toHaveLength(tokenIds.length)
    for (const token of weights) {
      expect(token.map(({ length }) => length)).toEqual([16, 16])
      const sum = token.flatMap((image) => [...image]).reduce((a, b) => a + b, 0)
      expect(sum).toBeGreaterThan(0)
      expect(sum).toBeLessThan(1)
    }
  })

  it("takes the rows before each token of the answer, at the places of the image", async () => {
    const { languageModel, device } = model
    const own = languageModel.attentionRows!
    let asked: readonly number[] = []
    let length = 0
    // Numbers the keys, so that what comes out says where it was taken from.
    languageModel.attentionRows = (embeddings, rows) => {
      length = embeddings.shape[1]!
      asked = rows
      const keys = Float32Array.from({ length: rows.length * length }, (_, at) => at % length)
      return Tensor.from(device, keys, [rows.length, length])
    }
    try {
      const messages = ask(picture)
      const { tokenIds, weights } = await imageAttention(model, { messages, answer: row.text })
      const { template, tokenizer } = model
      const { ids } = encodeForGeneration({ messages, template, tokenizer })
      const first = ids.length + 15
      expect(asked).toEqual(tokenIds.map((_, token) => first - 1 + token))
      expect(length).toBe(first + tokenIds.length - 1)
      const start = ids.indexOf(IMAGE_TOKEN_INDEX)
      for (const [image] of weights)
        expect([...image!]).toEqual(Array.from({ length: 16 }, (_, patch) => start + patch))
    } finally {
      languageModel.attentionRows = own
    }
  })

  it("leaves nothing behind on the GPU", async () => {
    await imageAttention(model, { messages: ask(picture), answer: "A" })
    const { liveBuffers } = model.device.memory
    await imageAttention(model, { messages: ask(picture), answer: "A cat" })
    expect(model.device.memory.liveBuffers).toBe(liveBuffers)
  })

  it("says what is missing", async () => {
    const plain: Message[] = [{ role: "user", content: "Hello" }]
    await expect(imageAttention(model, { messages: plain, answer: "A" })).rejects.toMatchObject({ code: "no-image" })
    await expect(imageAttention(model, { messages: ask(picture), answer: "" })).rejects.toMatchObject({
      code: "empty-choice",
    })
  })
})
