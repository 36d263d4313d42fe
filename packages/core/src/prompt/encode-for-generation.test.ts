import { describe, expect, it } from "vitest"
import { byteTokenizer } from "#testing"
import { findTemplate } from "../template/find-template.ts"
import { encodeForGeneration } from "./encode-for-generation.ts"
import type { ContentPart, Message } from "./message.ts"
import { IMAGE_TOKEN_INDEX } from "./token-constants.ts"

const template = findTemplate("mistral_instruct")
const image: ContentPart = { type: "image", image: "photo.jpg" }
const user = (...content: (ContentPart | string)[]): Message => ({
  role: "user",
  content: content.map((part) => (typeof part === "string" ? { type: "text", text: part } : part)),
})
const bytes = (text: string) => [...new TextEncoder().encode(text)]

describe("encodeForGeneration", () => {
  const tokenizer = byteTokenizer({ special: ["<s>", "</s>", "<image>", "<im_start>", "<im_end>", "<im_patch>"] })
  const id = (name: string) => tokenizer.tokenId(name)!

  it("puts images where the message has them", () => {
    const { ids, text, images } = encodeForGeneration({
      messages: [user("First", image, image, "last")],
      template,
      tokenizer,
    })
    expect(text).toBe("[INST] First\n<image>\n<image>\nlast [/INST]")
    expect(images).toBe(2)
    const expected = [id("<s>"), ...bytes("[INST] First\n"), -200, 10, -200, ...bytes("\nlast [/INST]")]
    expect(ids).toEqual(expected)
  })

  it("takes what users type for text, whatever it looks like", () => {
    const typed = "an <image> and </s> and <s><s>"
    const messages: Message[] = [{ role: "user", content: typed }]
    const prompt = encodeForGeneration({ messages, template, tokenizer })
    expect(prompt.text).toBe(`[INST] ${typed} [/INST]`)
    expect(prompt.images).toBe(0)
    expect(prompt.ids).toEqual([id("<s>"), ...bytes(prompt.text)])
  })

  it("still recognises the template's own tokens beside such text", () => {
    const messages: Message[] = [user("</s>"), { role: "assistant", content: "<image>" }, user(image, "ok")]
    const { ids } = encodeForGeneration({ messages, template, tokenizer })
    expect(ids.filter((each) => each === id("</s>"))).toHaveLength(1)
    expect(ids.filter((each) => each === IMAGE_TOKEN_INDEX)).toHaveLength(1)
    expect(ids).not.toContain(id("<image>"))
  })

  it("reads <image> in turns of LLaVA's files, and nothing else as a token", () => {
    const turns = [{ from: "human", value: "What is </s> here?\n<image>" }]
    const prompt = encodeForGeneration({ turns, images: 1, template, tokenizer })
    expect(prompt.text).toBe("[INST] What is </s> here?\n<image> [/INST]")
    expect(prompt.ids).not.toContain(id("</s>"))
    const front = encodeForGeneration({ turns, imagePlacement: "front", template, tokenizer })
    expect(front.text).toBe("[INST] <image>\nWhat is </s> here? [/INST]")
  })

  it("tokenises the whole text where the tokenizer has an image token", () => {
    const spaced = byteTokenizer({ special: ["<s>", "</s>", "[IMG]"], prefixSpace: true })
    const imageTokenId = spaced.tokenId("[IMG]")!
    const prompt = encodeForGeneration({
      messages: [user(image, "a [IMG]?")],
      template,
      tokenizer: spaced,
      imageTokenId,
    })
    expect(prompt.text).toBe("[INST] <image>\na [IMG]? [/INST]")
    expect(prompt.ids).toEqual([256, ...bytes(" [INST] "), -200, ...bytes(" \na [IMG]? [/INST]")])
  })

  it("wraps images in <im_start> and <im_end>, and writes the first LLaVA's patches", () => {
    const messages = [user(image, "Q")]
    const wrapped = encodeForGeneration({ messages, template, tokenizer, imageStartEnd: true })
    expect(wrapped.ids.slice(8, 11)).toEqual([id("<im_start>"), -200, id("<im_end>")])
    const patched = encodeForGeneration({ messages, template, tokenizer, imageStartEnd: true, imagePatches: 3 })
    expect(patched.text).toContain("<im_start><im_patch><im_patch><im_patch><im_end>\nQ")
    expect(patched.ids.filter((each) => each === id("<im_patch>"))).toHaveLength(3)
    expect(() => encodeForGeneration({ messages, template, tokenizer: byteTokenizer(), imageStartEnd: true })).toThrow(
      expect.objectContaining({ code: "token-missing" }),
    )
  })

  it("announces images as the mmtag templates do", () => {
    const { text } = encodeForGeneration({
      messages: [user(image, "Why?")],
      template: findTemplate("v1_mmtag"),
      tokenizer,
    })
    expect(text.slice(text.indexOf("</Image>.") + 9)).toBe(
      " USER: <Image><image></Image> ASSISTANT: Received.</s>USER: Why? ASSISTANT:",
    )
  })

  it.each<[string, string, Message[]]>([
    ["empty-conversation", "nothing", []],
    ["empty-conversation", "a system turn only", [{ role: "system", content: "Be brief." }]],
    ["roles-out-of-order", "two questions", [user("a"), user("b")]],
    ["roles-out-of-order", "an answer at the end", [user("a"), { role: "assistant", content: "b" }]],
    ["roles-out-of-order", "an answer first", [{ role: "assistant", content: "b" }, user("a")]],
    ["roles-out-of-order", "a late system turn", [user("a"), { role: "system", content: "b" }, user("c")]],
    ["unknown-role", "a tool", [{ role: "tool" as "user", content: "b" }]],
  ])("%s: %s", (code, _, messages) => {
    expect(() => encodeForGeneration({ messages, template, tokenizer })).toThrow(expect.objectContaining({ code }))
  })

  it.each([
    ["image-missing", 0],
    ["image-missing", 1],
    ["placeholder-missing", 3],
  ])("%s: two placeholders and %d images", (code, images) => {
    const turns = [{ from: "human", value: "<image><image> compare" }]
    expect(() => encodeForGeneration({ turns, images, template, tokenizer })).toThrow(expect.objectContaining({ code }))
  })
})
