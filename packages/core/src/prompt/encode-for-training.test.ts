import { describe, expect, it, vi } from "vitest"
import { byteTokenizer } from "#testing"
import type { TrainingSample } from "../dataset/training-sample.ts"
import { findTemplate } from "../template/find-template.ts"
import type { Tokenizer } from "../tokenizer/tokenizer.ts"
import { encodeForTraining } from "./encode-for-training.ts"
import { IGNORE_INDEX } from "./token-constants.ts"

const sampleOf = (image: TrainingSample["image"], ...values: string[]): TrainingSample => ({
  id: 17,
  ...(image !== undefined && { image }),
  conversations: values.map((value, index) => ({ from: index % 2 === 0 ? "human" : "gpt", value })),
})
const learnedText = (tokenizer: Tokenizer, labels: number[]) =>
  tokenizer.decode(
    labels.filter((label) => label !== IGNORE_INDEX),
    { skipSpecialTokens: false },
  )

describe("encodeForTraining", () => {
  const tokenizer = byteTokenizer({ special: ["<s>", "</s>", "<|im_start|>", "<|im_end|>"] })

  it.each([
    ["v1", " 1</s> 2</s>"],
    ["llama_2", " 1 </s> 2 </s>"],
    ["mpt", "1<|im_end|>2<|im_end|>"],
    ["v0", "###### Assistant: 1\n###### Assistant: 2\n### "],
  ])("learns answers and what ends them: %s", (name, expected) => {
    const sample = sampleOf("a.jpg", "<image>\nOne?", "1", "Two?", "2")
    const { ids, labels } = encodeForTraining({ sample, template: findTemplate(name), tokenizer })
    expect(labels).toHaveLength(ids.length)
    for (const [index, label] of labels.entries()) if (label !== IGNORE_INDEX) expect(label).toBe(ids[index])
    expect(learnedText(tokenizer, labels)).toBe(expected)
  })

  it("tokenises each piece of text once", () => {
    const encode = vi.spyOn(tokenizer, "encode")
    encodeForTraining({
      sample: sampleOf("a.jpg", "<image>\nOne?", "1", "Two?", "2"),
      template: findTemplate("v1"),
      tokenizer,
    })
    expect(encode).toHaveBeenCalledTimes(2)
    encode.mockRestore()
  })

  it("is not confused by answers that look like the template or its tokens", () => {
    const answer = "USER: I say ASSISTANT: </s> and <s>."
    const { labels } = encodeForTraining({
      sample: sampleOf(undefined, "Q", answer),
      template: findTemplate("v1"),
      tokenizer,
    })
    expect(learnedText(tokenizer, labels)).toBe(` ${answer}</s>`)
    expect(labels.filter((label) => label === tokenizer.tokenId("</s>"))).toHaveLength(1)
  })

  it("finds the answers under a tokenizer that changes the text", () => {
    const composing = byteTokenizer({ prefixSpace: true, normalize: (text) => text.normalize("NFC") })
    const sample = sampleOf(undefined, "Cafe\u0301 ou the\u0301 ?", "Un cafe\u0301.", "Su\u0302r ?", "Oui.")
    const { labels } = encodeForTraining({ sample, template: findTemplate("v1"), tokenizer: composing })
    expect(learnedText(composing, labels)).toBe("Un caf\u00e9.</s> Oui.</s>")
  })

  it("moves images to the front of their turn, one for each image of the sample", () => {
    const template = findTemplate("v1")
    const one = encodeForTraining({ sample: sampleOf("a.jpg", " <image> and <image> ", "x"), template, tokenizer })
    expect(one.text).toContain("USER: <image>\nand ASSISTANT:")
    const two = encodeForTraining({
      sample: sampleOf(["a.jpg", "b.jpg"], "<image> and <image>", "x"),
      template,
      tokenizer,
    })
    expect(two.text).toContain("USER: <image>\n<image>\nand ASSISTANT:")
    const tagged = encodeForTraining({
      sample: sampleOf("a.jpg", "Look: <image>", "x"),
      template: findTemplate("v1_mmtag"),
      tokenizer,
    })
    expect(tagged.text).toContain("USER: <Image><image></Image>\nLook: ASSISTANT:")
  })

  it.each<[string, string, TrainingSample]>([
    ["image-missing", "v1", sampleOf(undefined, "<image>\nWhat?", "x")],
    ["placeholder-missing", "v1", sampleOf("a.jpg", "What?", "x")],
    ["image-missing", "v1", sampleOf("a.jpg", "<image> one", "x", "<image> two", "y")],
    ["image-missing", "plain", sampleOf(undefined, "What?", "x")],
    ["roles-out-of-order", "plain", sampleOf("a.jpg", "<image>", "x", "more", "y")],
    ["empty-answer", "v1", sampleOf(undefined, "What?", "")],
    ["empty-answer", "llama_2", sampleOf(undefined, "What?", "x", "And?", "")],
    ["answer-missing", "mpt", sampleOf(undefined, "What?", "x", "And?")],
    ["empty-conversation", "v1", { id: 17, conversations: [] }],
    ["unknown-role", "v1", { id: 17, conversations: [{ from: "bot" as "gpt", value: "x" }] }],
  ])("%s names the sample (%s)", (code, name, sample) => {
    const encode = () => encodeForTraining({ sample, template: findTemplate(name), tokenizer })
    expect(encode).toThrow(expect.objectContaining({ code, sample: 17, message: expect.stringContaining("Sample 17") }))
  })
})
