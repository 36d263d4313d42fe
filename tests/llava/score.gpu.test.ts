import { encodeForGeneration, type Message, preprocessImage } from "@llava/core"
import type { Llava } from "@llava/model"
import { Tensor } from "@llava/tensor"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openGolden, picture } from "./open-golden.ts"

const messages: Message[] = [
  {
    role: "user",
    content: [
      { type: "image", image: picture },
      { type: "text", text: "Which one?" },
    ],
  },
]

describe("score", () => {
  let model: Llava
  beforeAll(async () => {
    model = await openGolden()
  })
  afterAll(() => model[Symbol.asyncDispose]())

  it("gives the log-probabilities of an uncached pass over prompt and choice", async () => {
    const { tokenizer, template, device, languageModel } = model
    const choice = "yellow taxi"
    const { scores, tokenCounts } = await model.score({ messages, choices: ["A", choice] })

    const prompt = encodeForGeneration({ messages, template, tokenizer })
    const answer = tokenizer.encode(choice, { addSpecialTokens: false })
    const pixels = await preprocessImage(picture, model.encoder!.image, "pad")
    const size = model.encoder!.image.size
    const features = model.encodeImages(Tensor.from(device, pixels, [1, 3, size, size]))
    const { embeddings, lengths } = model.splice([{ ids: [...prompt.ids, ...answer] }], features)
    const logits = (await languageModel.logits(languageModel.forward(embeddings)).read()) as Float32Array
    const vocabulary = languageModel.vocabSize
    const expected = answer.reduce((sum, id, index) => {
      const row = lengths[0]! - answer.length - 1 + index
      const values = logits.subarray(row * vocabulary, (row + 1) * vocabulary)
      return sum + values[id]! - Math.log(values.reduce((total, value) => total + Math.exp(value), 0))
    }, 0)
    expect(tokenCounts).toEqual([1, answer.length])
    expect(scores[1]).toBeCloseTo(expected, 3)
  })

  it("does not depend on the order or number of choices", async () => {
    const forward = (await model.score({ messages, choices: ["A", "yellow taxi", "B"] })).scores
    const backward = (await model.score({ messages, choices: ["B", "yellow taxi", "A"] })).scores
    const alone = (await model.score({ messages, choices: ["yellow taxi"] })).scores
    expect(forward[1]).toBeCloseTo(alone[0]!, 4)
    expect(forward).toEqual(backward.toReversed().map((value) => expect.closeTo(value, 4)))
  })

  it("refuses an empty choice", async () => {
    await expect(model.score({ messages, choices: ["A", ""] })).rejects.toMatchObject({ code: "empty-choice" })
  })
})
