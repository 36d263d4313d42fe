import { expect, test } from "vitest"
import { minHash } from "./min-hash.ts"
import { QuestionIndex } from "./question-index.ts"

test.each([
  ["What is the man doing?", "What is the man doing?"],
  ["What is the man doing?", "what is the man doing in the image"],
  ["What color is the man's shirt?", "What is the color of the man's shirt?"],
  ["How many dogs are there?", "How many dogs are there in this picture?"],
  ["Can you tell me how many dogs are visible?", "How many dogs are there?"],
])("%s = %s", (one, other) => {
  const index = new QuestionIndex()
  expect(index.add(one)).toBeUndefined()
  expect(index.add(other)).toBeDefined()
})

test.each([
  ["How many dogs are there?", "How many cats are there?"],
  ["What is the man doing?", "What is the woman doing?"],
  ["Where is the dog?", "What is the dog doing?"],
  ["Is the man left of the dog?", "Is the dog left of the man?"],
  ["What color is the bus?", "What color is the car next to the bus?"],
])("%s is not %s", (one, other) => {
  const index = new QuestionIndex()
  expect(index.add(one)).toBeUndefined()
  expect(index.add(other)).toBeUndefined()
})

test("signatures estimate the Jaccard similarity", () => {
  for (const common of [0, 30, 60, 90]) {
    const one = new Set(Array.from({ length: 100 }, (_, at) => `a${at}`))
    const other = new Set(Array.from({ length: 100 }, (_, at) => (at < common ? `a${at}` : `b${at}`)))
    const [left, right] = [minHash(one), minHash(other)]
    const equal = left.filter((value, at) => value === right[at]).length / left.length
    expect(Math.abs(equal - common / (200 - common))).toBeLessThan(0.14)
  }
})
