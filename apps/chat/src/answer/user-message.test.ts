import { expect, test } from "vitest"
import { userMessage } from "./user-message.ts"

const image = (image: string) => ({ type: "image", image })
const text = (text: string) => ({ type: "text", text })

test("pictures stand before the question, or where it says so", () => {
  expect(userMessage("Why?", []).content).toBe("Why?")
  expect(userMessage("Why?", ["a", "b"]).content).toEqual([image("a"), image("b"), text("Why?")])
  expect(userMessage("<image>\nWhy?", ["a"]).content).toEqual([image("a"), text("Why?")])
  expect(userMessage("Is <image> like <image>", ["a", "b"]).content).toEqual([
    text("Is"),
    image("a"),
    text("like"),
    image("b"),
  ])
})

test.each([
  ["image-missing", "<image> Why?", []],
  ["image-missing", "<image> and <image>?", ["a"]],
  ["placeholder-missing", "<image> Why?", ["a", "b"]],
])("%s: %j with %j", (code, prompt, images) => {
  expect(() => userMessage(prompt, images)).toThrow(expect.objectContaining({ code, fix: expect.any(String) }))
})
