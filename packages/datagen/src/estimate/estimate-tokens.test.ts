import { expect, test } from "vitest"
import { estimateTokens } from "./estimate-tokens.ts"

// Counts of Llama 3's tokenizer.
test.each([
  ["A woman cuts bread on a kitchen counter.", 9],
  ["person: [0.302, 0.104, 0.633, 0.905]\nknife: [0.508, 0.588, 0.602, 0.641]", 44],
  ["Question:\nHow many boats are tied to the pier?\n===\nAnswer:\nTwo boats are tied to the pier.\n===", 23],
])("%s", (text, tokens) => {
  expect(Math.abs(estimateTokens(text) / tokens - 1)).toBeLessThan(0.1)
})
