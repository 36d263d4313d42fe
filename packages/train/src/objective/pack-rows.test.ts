import { expect, it } from "vitest"
import { packRows } from "./pack-rows.ts"

const sample = (id: string, length: number, images = 0) => ({
  id,
  ids: [...new Array<number>(length).fill(id.charCodeAt(0)), ...new Array<number>(images).fill(-200)],
  labels: [...new Array<number>(length).fill(1), ...new Array<number>(images).fill(-100)],
  images: Array.from({ length: images }, () => new Float32Array(1)),
})

it("puts the longest first, each where least room is left", () => {
  const samples = [sample("a", 3), sample("b", 6), sample("c", 2, 1), sample("d", 1), sample("e", 30)]
  const rows = packRows(samples, { tokensPerImage: 4, limit: 10, packing: true })
  expect(rows.map(({ lengths }) => lengths)).toEqual([[30], [6, 3, 1], [6]])
  expect(rows[1]!.ids).toEqual([..."bbbbbbaaad"].map((letter) => letter.charCodeAt(0)))
  expect(rows[1]!.labels).toEqual([-100, 1, 1, 1, 1, 1, -100, 1, 1, -100])
  expect(rows[2]!.images).toHaveLength(1)
})

it("leaves every sample its row, in order, unless asked", () => {
  const rows = packRows([sample("a", 3), sample("b", 6)], { tokensPerImage: 4, limit: 10, packing: false })
  expect(rows.map(({ lengths }) => lengths)).toEqual([[3], [6]])
})
