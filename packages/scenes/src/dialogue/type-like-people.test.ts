import { expect, test } from "vitest"
import { kinds } from "../kinds/kinds.ts"
import { SeededRandom } from "../random/seeded-random.ts"
import { typeLikePeople } from "./type-like-people.ts"

test("a typed question keeps all but a few letters of the one that is meant, and often differs", () => {
  const random = new SeededRandom(3)
  let changed = 0
  for (let count = 0; count < 500; count++) {
    const question = `Where is the ${random.pick([...kinds.keys()])}?`
    const typed = typeLikePeople(question, random)
    if (typed !== question) changed++
    const typedWords = new Set(typed.toLowerCase().split(/[^a-z]+/))
    const words = question.toLowerCase().match(/[a-z]+/g)!
    expect(words.filter((word) => !typedWords.has(word)).length, `${question} became ${typed}`).toBeLessThanOrEqual(1)
  }
  expect(changed).toBeGreaterThan(400)
})

test("some words are written as they sound", () => {
  const random = new SeededRandom(5)
  const typed = new Set(
    Array.from({ length: 400 }, () => typeLikePeople("Is there an elephant?", random).toLowerCase()),
  )
  expect([...typed].some((question) => question.includes("elefant"))).toBe(true)
})

test("a misspelling names no other kind", () => {
  const random = new SeededRandom(4)
  const names = new Set([...kinds.values()].flatMap(({ name, plural }) => [name, plural]))
  for (const kind of [...kinds.keys()].filter((name) => !name.includes(" "))) {
    for (let count = 0; count < 60; count++) {
      const last = typeLikePeople(kind, random).toLowerCase().split(/[ ?]+/).filter(Boolean).at(-1)!
      if (last !== kind) expect(names.has(last), `${kind} became ${last}`).toBe(false)
    }
  }
})
