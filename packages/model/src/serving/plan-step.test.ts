import { describe, expect, test } from "vitest"
import { BatchSequence } from "./batch-sequence.ts"
import { PagePool } from "./page-pool.ts"
import { planStep } from "./plan-step.ts"

const pageSize = 4
const makePool = (pages: number) => new PagePool({ pages, pageSize })
const count = (from: number, length: number) => Array.from({ length }, (_, index) => from + index)

/** Plans once; sequences whose next token is then known get one. */
function step(sequences: readonly BatchSequence[], pool: PagePool, budget = 100) {
  const planned = planStep(sequences, pool, budget)
  for (const { sequence, completes } of planned) if (completes) sequence.units.push(1000)
  return planned.map(({ sequence, length, added, completes, pages }) => {
    expect(pages.length * pageSize).toBeGreaterThanOrEqual(length + added)
    return { of: sequences.indexOf(sequence), length, added, completes }
  })
}

describe("planStep", () => {
  test("computes a prompt in parts that end with a page, then token by token", () => {
    const pool = makePool(10)
    const sequence = new BatchSequence(count(0, 11), pool)
    expect(step([sequence], pool, 6)).toEqual([{ of: 0, length: 0, added: 4, completes: false }])
    expect(step([sequence], pool, 6)).toEqual([{ of: 0, length: 4, added: 4, completes: false }])
    expect(step([sequence], pool, 6)).toEqual([{ of: 0, length: 8, added: 3, completes: true }])
    expect(step([sequence], pool, 6)).toEqual([{ of: 0, length: 11, added: 1, completes: true }])
    expect(pool.used).toBe(3)
    expect(step([sequence], pool, 6)).toEqual([{ of: 0, length: 12, added: 1, completes: true }])
    expect(pool.used).toBe(4)
    sequence.release()
    expect(pool.used).toBe(0)
  })

  test("goes on with parts of less than a page", () => {
    const pool = makePool(10)
    const sequence = new BatchSequence(count(0, 9), pool)
    const lengths = []
    while (sequence.remaining > 1) lengths.push(...step([sequence], pool, 3).map(({ added }) => added))
    expect(lengths).toEqual([3, 1, 3, 2])
  })

  test("computes what prompts have in common once, within one step too", () => {
    const pool = makePool(20)
    const common = count(0, 12)
    const sequences = [100, 200, 300].map((own) => new BatchSequence([...common, ...count(own, 3)], pool))
    expect(step(sequences, pool)).toEqual([
      { of: 0, length: 0, added: 15, completes: true },
      { of: 1, length: 12, added: 3, completes: true },
      { of: 2, length: 12, added: 3, completes: true },
    ])
    expect(sequences.map(({ shared }) => shared)).toEqual([0, 12, 12])
    expect(pool.used).toBe(3 + 3)
    const late = new BatchSequence([...common, 7], pool)
    expect(step([late], pool)).toEqual([{ of: 0, length: 12, added: 1, completes: true }])
    for (const sequence of [...sequences, late]) sequence.release()
    expect(pool.used).toBe(0)
  })

  test("leaves the last unit to be computed where all is known", () => {
    const pool = makePool(20)
    const prompt = count(0, 8)
    const first = new BatchSequence(prompt, pool)
    step([first], pool)
    const again = new BatchSequence(prompt, pool)
    expect(step([again], pool)).toEqual([{ of: 0, length: 4, added: 4, completes: true }])
  })

  test("two that begin alike divide the work of the beginning", () => {
    const pool = makePool(40)
    const common = count(0, 40)
    const sequences = [100, 200].map((own) => new BatchSequence([...common, own], pool))
    let computed = 0
    while (sequences.some(({ units }) => units.length === 41)) {
      for (const { added } of step(sequences, pool, 16)) computed += added
    }
    // Each has a last unit of its own; the first to end may have answered meanwhile.
    expect(computed).toBeLessThanOrEqual(40 + 2 + 2)
  })

  test("finds an earlier answer when the conversation goes on", () => {
    const pool = makePool(20)
    const first = new BatchSequence(count(0, 6), pool)
    for (let i = 0; i < 4; i++) step([first], pool)
    first.release()
    const next = new BatchSequence([...count(0, 6), 1000, 1000, 1000, 5], pool)
    expect(step([next], pool)).toEqual([{ of: 0, length: 8, added: 2, completes: true }])
  })

  test("takes pages from the youngest where they run out, and gives them back later", () => {
    const pool = makePool(4)
    const old = new BatchSequence(count(0, 7), pool)
    const young = new BatchSequence(count(100, 3), pool)
    const planned = Array.from({ length: 8 }, () => step([old, young], pool).map(({ of }) => of))
    // The old one's third page is the last that was free. Until the young one needs another, it answers too.
    expect(planned).toEqual([[0, 1], [0, 1], [0], [0], [0], [0], [0], [0]])
    expect(young).toMatchObject({ pages: [], computed: 0, remaining: 5 })
    old.release()
    const [again] = step([young], pool)
    expect(again).toMatchObject({ of: 0, completes: true })
    expect(young.units).toEqual([...count(100, 3), 1000, 1000, 1000])
  })

  test("the oldest gets on, whoever came later", () => {
    const pool = makePool(6)
    const sequences = [0, 1, 2, 3].map((index) => new BatchSequence(count(index * 100, 5), pool))
    for (let round = 0; round < 16; round++) {
      expect(step(sequences, pool).some(({ of }) => of === 0)).toBe(true)
    }
    expect(sequences[0]!.units.length).toBe(5 + 16)
  })
})
