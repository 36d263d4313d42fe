import { expect, test } from "vitest"
import { moveObject } from "./move-object.ts"
import { neighbourCell } from "./neighbour-cell.ts"
import type { PlacedObject } from "./placed-object.ts"

const object = (id: string, cell: number): PlacedObject => ({ id, kind: "cat", cell, size: 22, flipped: false })

test("an object moves to a free cell, and changes places with one that stands there", () => {
  const objects = [object("a", 0), object("b", 4)]
  expect(moveObject(objects, "a", 8).map(({ cell }) => cell)).toEqual([8, 4])
  expect(moveObject(objects, "a", 4).map(({ cell }) => cell)).toEqual([4, 0])
})

test.each([
  [4, "ArrowLeft", 3],
  [4, "ArrowDown", 7],
  [2, "ArrowRight", undefined],
  [6, "ArrowLeft", undefined],
  [0, "ArrowUp", undefined],
  [4, "Enter", undefined],
])("from cell %d, %s leads to %s", (cell, key, next) => {
  expect(neighbourCell(cell, key)).toBe(next)
})
