import { expect, test } from "vitest"
import { SeededRandom } from "../random/seeded-random.ts"
import { findWorld } from "../world/find-world.ts"
import { askedName } from "./asked-name.ts"

const names = (kind: string, world: string) => {
  const random = new SeededRandom(1)
  return [...new Set(Array.from({ length: 300 }, () => askedName(kind, findWorld(world), random)))].sort()
}

test("kinds are called by their other names, too", () => {
  expect(names("bicycle", "small")).toEqual(["bicycle", "bike"])
  expect(names("tree", "small")).toEqual(["tree"])
})

test("a name that another kind of the world may have is not used", () => {
  expect(names("sailboat", "small")).toEqual(["boat", "sailboat", "sailing boat", "ship"])
  expect(names("sailboat", "medium")).toEqual(["sailboat", "sailing boat"])
  expect(names("ship", "large")).toEqual(["ship"])
})
