import { expect, it } from "vitest"
import { mixSeed } from "./mix-seed.ts"

it("tells numbers and names apart, in order", () => {
  const seeds = [
    mixSeed(),
    mixSeed(0),
    mixSeed(1),
    mixSeed(0, 1),
    mixSeed(1, 0),
    mixSeed(2 ** 32),
    mixSeed(2 ** 32 + 1),
    mixSeed("q"),
    mixSeed("q", ""),
    mixSeed("k", "q"),
    mixSeed("kq"),
  ]
  expect(new Set(seeds).size).toBe(seeds.length)
  for (const seed of seeds) expect(seed).toBe(seed >>> 0)
})

it("changes about half of the bits", () => {
  let bits = 0
  for (let step = 0; step < 1000; step++) {
    let difference = mixSeed(7, step) ^ mixSeed(7, step + 1)
    for (; difference !== 0; difference &= difference - 1) bits++
  }
  expect(bits / 1000).toBeGreaterThan(15)
  expect(bits / 1000).toBeLessThan(17)
})
