import { expect, it } from "vitest"
import { hfTokenizer } from "./hf-tokenizer.ts"
import { trainUnigramTokenizer } from "./train-unigram-tokenizer.ts"

const texts = [
  "USER: Is there a cat? ASSISTANT: There is a cat at the top left, so yes.</s>",
  "USER: is there a dog ASSISTANT: There is a dog at the top, so yes.</s>",
  "USER: How many cats are there? ASSISTANT: There is a cat at the left, so one.</s>",
]
const phrases = [" at the top left", " at the top", " at the left", " is there a", ", so yes.", " never said"]
const json = trainUnigramTokenizer({ texts, phrases, markers: ["USER:", "ASSISTANT:"], openers: ["There is"] })
const tokenizer = hfTokenizer(json)
const names = (text: string) =>
  tokenizer.encode(text, { addSpecialTokens: false }).map((id) => tokenizer.decode([id], { skipSpecialTokens: false }))

it("makes one token of a phrase, and leaves words apart", () => {
  expect(names("USER: Is there a cat? ASSISTANT: There is a cat at the top left, so yes.")).toEqual([
    ...["USER:", "is there a", "cat", "?", "ASSISTANT:"],
    ...["There is", "a", "cat", "at the top left", ", so yes."],
  ])
  expect(tokenizer.tokenId(" never said")).toBeUndefined()
})

it("gives answers back as they were, and spells what it does not know", () => {
  const answer = "There is a cat at the left, so one."
  expect(tokenizer.decode(tokenizer.encode(answer))).toBe(answer)
  expect(names("zebra")).toHaveLength(6)
  expect(tokenizer.decode(tokenizer.encode("a Zebra?"))).toBe("a zebra?")
  expect(tokenizer.encode("\u732b", { addSpecialTokens: false })).toContain(tokenizer.unkTokenId)
})

it("begins with <s> and knows the end", () => {
  expect(tokenizer.encode("cat")[0]).toBe(1)
  expect(JSON.parse(json).added_tokens[2].content).toBe("</s>")
})

it("is the same for the same texts, and refuses none", () => {
  const again = trainUnigramTokenizer({ texts, phrases, markers: ["USER:", "ASSISTANT:"], openers: ["There is"] })
  expect(again).toBe(json)
  expect(() => trainUnigramTokenizer({ texts: [] })).toThrow("no text")
})
