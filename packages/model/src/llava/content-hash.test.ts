import { expect, test } from "vitest"
import { contentHash } from "./content-hash.ts"

// The published test vectors of FNV-1a with 32 bits.
test.each([
  ["", 0x811c9dc5],
  ["a", 0xe40c292c],
  ["foobar", 0xbf9cf968],
])("the hash of %j", (text, expected) => {
  expect(contentHash(new TextEncoder().encode(text))).toBe(expected)
})
