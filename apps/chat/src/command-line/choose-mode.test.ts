import { expect, test } from "vitest"
import { chooseMode } from "./choose-mode.ts"

const options = { lines: false, json: false }
const both = { input: true, output: true }
const none = { input: false, output: false }

test("a prompt is answered wherever the streams go", () => {
  expect(chooseMode({ ...options, prompt: "" }, both)).toBe("prompt")
  expect(chooseMode({ ...options, prompt: "x", json: true }, none)).toBe("prompt")
})

test("without a prompt, terminals on both sides make a conversation; anything else reads standard input", () => {
  expect(chooseMode(options, both)).toBe("conversation")
  expect(chooseMode(options, { input: false, output: true })).toBe("standard-input")
  expect(chooseMode(options, { input: true, output: false })).toBe("standard-input")
  expect(chooseMode({ ...options, lines: true }, both)).toBe("lines")
})

test("combinations without a meaning are refused", () => {
  expect(() => chooseMode({ lines: true, json: false, prompt: "x" }, none)).toThrow(/--lines.*--prompt/)
  expect(() => chooseMode({ ...options, json: true }, both)).toThrow(/--json/)
})
