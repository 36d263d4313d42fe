import { expect, test } from "vitest"
import { decodeEntities } from "./decode-entities.ts"
import { plainText } from "./plain-text.ts"
import { safeLink } from "./safe-link.ts"

test("Markdown as text: marks go, what they mean stays", () => {
  const markdown = [
    "# Title",
    "Some **bold** and *leaning* `a < b` [link](https://example.org) &amp; more",
    "- one\n- two\n  1. inner",
    "> quoted",
    "```js\nlet a = 1\n\nlet b\n```",
    "| a | b |\n|---|---|\n| 1 | **2** |",
    "---",
    "line\nline",
  ].join("\n\n")
  expect(plainText(markdown)).toBe(
    [
      "Title",
      "Some bold and leaning a < b link & more",
      "• one\n• two\n   1. inner",
      "quoted",
      "let a = 1\n\nlet b",
      "a  |  b\n1  |  2",
      "———",
      "line\nline",
    ].join("\n\n"),
  )
})

test.each([
  ["a &lt; b &#60; c &#x3C; d", "a < b < c < d"],
  ["&quot;&apos;&nbsp;", "\"'\u00a0"],
  ["&unknown; &amp;lt; & &#0; &#x110000;", "&unknown; &lt; & \ufffd \ufffd"],
  ["&constructor;", "&constructor;"],
])("%s", (text, decoded) => {
  expect(decodeEntities(text)).toBe(decoded)
})

test.each([
  ["https://example.org/a?b#c", "https://example.org/a?b#c"],
  ["HTTP://example.org", "http://example.org/"],
  ["mailto:a@example.org", "mailto:a@example.org"],
  ["javascript:alert(1)", undefined],
  [" java\nscript:alert(1)", undefined],
  ["data:text/html,x", undefined],
  ["file:///etc/passwd", undefined],
  ["relative/path", undefined],
])("a link to %j leads to %j", (address, href) => {
  expect(safeLink(address)).toBe(href)
})
