import { expect, test } from "vitest"
import { readSamples } from "./read-samples.ts"

const sample = { id: 1, image: "a.png", conversations: [{ from: "human", value: "<image>\nWhat?" }] }
const text = JSON.stringify(sample)

test("an array, one sample alone, and one per line", () => {
  expect(readSamples(`\uFEFF[${text}]\n`, "a.json")).toEqual([sample])
  expect(readSamples(JSON.stringify(sample, undefined, 2), "a.json")).toEqual([sample])
  expect(readSamples(`${text}\r\n\n${text}\n`, "a.jsonl")).toEqual([sample, sample])
})

test.each([
  ["", "a.json holds no conversations."],
  ["[]", "a.json holds no conversations."],
  ["not JSON", "a.json holds no conversations."],
  [`${text}\n{"id":`, "a.json holds no conversations."],
  ["[3]", "Conversation 1 of a.json cannot be read: its form is not right."],
  [`[${text},{"id":2}]`, "Conversation 2 of a.json cannot be read: conversations is not right."],
  ['[{"id":2,"conversations":[]}]', "conversations is not right"],
  ['[{"id":2,"conversations":[{"from":"user","value":"x"}]}]', "conversations.0.from is not right"],
])("%s is refused", (broken, message) => {
  expect(() => readSamples(broken, "a.json")).toThrow(message)
  expect(() => readSamples(broken, "a.json")).toThrow(expect.objectContaining({ nextStep: expect.any(String) }))
})
