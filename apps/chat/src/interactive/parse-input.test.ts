import { expect, test } from "vitest"
import { parseInput } from "./parse-input.ts"

test.each([
  ["Hello there ", { kind: "message", text: "Hello there" }],
  ["/usr/bin is what?", { kind: "message", text: "/usr/bin is what?" }],
  [" /help", { kind: "message", text: "/help" }],
  ["", { kind: "message", text: "" }],
  ["/image a b.jpg", { kind: "image", path: "a b.jpg" }],
  ["/image  'a b.jpg' ", { kind: "image", path: "a b.jpg" }],
  ['/image "it\'s.png"', { kind: "image", path: "it's.png" }],
  ["/image", { kind: "image", path: "" }],
  ["/reset", { kind: "reset" }],
  ["/HELP", { kind: "help" }],
  ["/quit ", { kind: "quit" }],
  ["/exit", { kind: "quit" }],
  ["/imge x", { kind: "unknown", command: "/imge" }],
  ["/", { kind: "unknown", command: "/" }],
])("%j", (line, expected) => {
  expect(parseInput(line)).toEqual(expected)
})

test.skipIf(process.platform === "win32")("a path as a terminal inserts it", () => {
  expect(parseInput("/image /tmp/my\\ photo\\ \\(1\\).jpg")).toEqual({ kind: "image", path: "/tmp/my photo (1).jpg" })
})
