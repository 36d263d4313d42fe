import { expect, test } from "vitest"
import { type MergeTable, mergePairs } from "./merge-pairs.ts"

/** Merges by the book: look at every pair, merge the best and leftmost, begin again. */
function mergeSlowly(symbols: readonly number[], table: MergeTable): number[] {
  const result = [...symbols]
  for (;;) {
    let best = -1
    let bestMerge = -1
    for (let i = 0; i + 1 < result.length; i++) {
      const merge = table.find(result[i]!, result[i + 1]!)
      if (merge === -1) continue
      if (best === -1 || table.priority(merge) < table.priority(bestMerge)) {
        best = i
        bestMerge = merge
      }
    }
    if (best === -1) return result
    result.splice(best, 2, table.result(bestMerge))
  }
}

test("merges as the slow method does, ties from left to right", () => {
  let state = 7
  const random = (below: number) => {
    state = (state * 48271) % 2147483647
    return state % below
  }
  for (let round = 0; round < 300; round++) {
    const pairs = new Map<number, number>()
    const priorities: number[] = []
    for (let merge = 0; merge < 20; merge++) {
      pairs.set(random(12) * 100 + random(12), merge)
      priorities.push(random(6))
    }
    const table: MergeTable = {
      find: (left, right) => pairs.get(left * 100 + right) ?? -1,
      priority: (merge) => priorities[merge]!,
      result: (merge) => 4 + (merge % 20),
    }
    const symbols = Array.from({ length: random(30) }, () => random(4))
    expect(mergePairs(symbols, table)).toEqual(mergeSlowly(symbols, table))
  }
})

test("a long word takes n log n", () => {
  const table: MergeTable = {
    find: (left, right) => (left === right && left < 10 ? left : -1),
    priority: (merge) => merge,
    result: (merge) => merge + 1,
  }
  const start = performance.now()
  const merged = mergePairs(new Array<number>(1 << 17).fill(0), table)
  expect(merged).toEqual(new Array(1 << 7).fill(10))
  expect(performance.now() - start).toBeLessThan(5000)
})
