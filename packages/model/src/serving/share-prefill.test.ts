import { describe, expect, test } from "vitest"
import { sharePrefill } from "./share-prefill.ts"

describe("sharePrefill", () => {
  test.each<[string, number[], number, number[]]>([
    ["nobody", [], 64, []],
    ["answers get their one token, whatever the budget", [1, 1, 1], 2, [1, 1, 1]],
    ["a prompt alone gets all", [500], 64, [64]],
    ["no more than it needs", [40], 64, [40]],
    ["half to the oldest, the rest to the shortest", [500, 300, 20], 64, [32, 12, 20]],
    ["what the oldest leaves goes on", [10, 300, 300], 64, [10, 54, 0]],
    ["what the others leave goes to the oldest", [500, 4, 6], 64, [54, 4, 6]],
    ["answers cost prompts nothing", [1, 500, 1, 40], 64, [1, 32, 1, 32]],
    ["equals by age", [50, 50, 50], 64, [50, 14, 0]],
    ["a budget of one", [9, 5], 1, [1, 0]],
  ])("%s", (_, remaining, budget, shares) => {
    expect(sharePrefill(remaining, budget)).toEqual(shares)
  })
})
