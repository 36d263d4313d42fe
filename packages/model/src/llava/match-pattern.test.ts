import { expect, it } from "vitest"
import { matchPattern } from "./match-pattern.ts"

const path = "language_model.model.layers.11.self_attn.q_proj"

it.each([
  ["language_model", true],
  ["q_proj", true],
  ["self_attn.q_proj", true],
  ["layers.*.self_attn", true],
  ["layers.11", true],
  ["*", true],
  ["*_proj", true],
  ["layers.1", false],
  ["proj", false],
  ["layers.1*.mlp", false],
  ["language.model", false],
])("%s: %s", (pattern, expected) => {
  expect(matchPattern(pattern, path)).toBe(expected)
})
