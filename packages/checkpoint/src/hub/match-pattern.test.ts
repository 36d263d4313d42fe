import { describe, expect, it } from "vitest"
import { matchPattern } from "./match-pattern.ts"

// Expected values are those of Python's fnmatch.fnmatchcase.
describe("matchPattern", () => {
  it.each([
    ["model-00001-of-00002.safetensors", "*.safetensors", true],
    ["sub/model.safetensors", "*.safetensors", true],
    ["model.safetensors.index.json", "*.safetensors", false],
    ["config.json", "config?json", true],
    ["configXjson", "config.json", false],
    ["a.bin", "[ab].bin", true],
    ["c.bin", "[!ab].bin", true],
    ["a.bin", "[!ab].bin", false],
    ["a-3.bin", "a-[0-9].bin", true],
    ["]", "[]]", true],
    ["a[1", "a[1", true],
    ["a+b(1).txt", "a+b(1).*", true],
    ["line\nbreak", "line*", true],
    ["^", "[a^]", true],
    ["😀.png", "?.png", true],
  ])("%j %j is %s", (path, pattern, expected) => {
    expect(matchPattern(path, pattern)).toBe(expected)
  })
})
