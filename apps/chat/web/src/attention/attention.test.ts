import { expect, test } from "vitest"
import type { AttentionReply } from "./attention-reply.ts"
import { describeWeights } from "./describe-weights.ts"
import { meanWeights } from "./mean-weights.ts"

const view = { left: 0, top: 0, width: 1, height: 1 }
const reply: AttentionReply = {
  tokens: ["a", "b"],
  images: [{ columns: 2, rows: 2, view }],
  weights: [[[0.4, 0, 0, 0]], [[0, 0, 0, 0.2]]],
}

test("one token's map, and the mean of all", () => {
  expect(meanWeights(reply, 0, 1)).toEqual([0, 0, 0, 0.2])
  expect(meanWeights(reply, 0, undefined)).toEqual([0.2, 0, 0, 0.1])
  expect(meanWeights(reply, 1, undefined)).toEqual([])
})

test("the map in words", () => {
  const grid = { columns: 6, rows: 6, view }
  const weights = new Array<number>(36).fill(0)
  weights[5 * 6 + 5] = 0.3
  weights[0] = 0.1
  expect(describeWeights(weights, grid)).toBe(
    "40 % of the attention went to the picture, of that most to the bottom right (75 %).",
  )
  expect(describeWeights(new Array<number>(36).fill(0), grid)).toBe("Nothing of this picture was looked at.")
})
