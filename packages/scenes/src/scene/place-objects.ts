import type { SeededRandom } from "../random/seeded-random.ts"
import type { World } from "../world/world.ts"
import type { SceneObject } from "./scene.ts"
import { zoneAt } from "./zone-at.ts"

/** Objects are turned by multiples of this, in degrees. */
const turn = 15
/** Nobody could say in which third a middle is that is nearer than this to a line between two, as a share of the edge. */
const zoneMargin = 0.035

/** Gives every kind of the list a size and a place by the world's rules. */
export function placeObjects(world: World, random: SeededRandom, kinds: readonly string[]): SceneObject[] {
  const cells = world.placement.type === "grid" ? drawCells(world.placement, random) : undefined
  const objects: SceneObject[] = []
  for (const kind of kinds) {
    const size = random.whole(world.objectSize.minimum, world.objectSize.maximum)
    const corner =
      world.placement.type === "grid"
        ? cornerInCell(world, world.placement, cells?.[objects.length] ?? 0, size, random)
        : freeCorner(world, world.placement.overlap, size, objects, random)
    if (!corner) continue
    const steps = Math.floor(world.rotation / turn)
    const [x, y] = [corner.left + size / 2, corner.top + size / 2]
    objects.push({
      kind,
      ...corner,
      size,
      x,
      y,
      flipped: world.flips && random.chance(0.5),
      angle: steps === 0 ? 0 : turn * random.whole(-steps, steps),
      zone: zoneAt(x, y, world.imageSize),
    })
  }
  return objects
}

type Grid = Extract<World["placement"], { type: "grid" }>
type Corner = Pick<SceneObject, "left" | "top">

function drawCells({ rows, columns }: Grid, random: SeededRandom): number[] {
  return random.shuffle(Array.from({ length: rows * columns }, (_, cell) => cell))
}

function cornerInCell(world: World, grid: Grid, cell: number, size: number, random: SeededRandom): Corner {
  const along = (index: number, count: number) => {
    const middle = ((index + 0.5) * world.imageSize) / count + random.whole(-grid.jitter, grid.jitter)
    return Math.min(world.imageSize - size, Math.max(0, Math.round(middle - size / 2)))
  }
  return { left: along(cell % grid.columns, grid.columns), top: along(Math.floor(cell / grid.columns), grid.rows) }
}

/** A place that covers the others by no more than allowed, or none where there is no room. */
function freeCorner(
  { imageSize }: World,
  overlap: number,
  size: number,
  others: readonly SceneObject[],
  random: SeededRandom,
): Corner | undefined {
  for (let attempt = 0; attempt < 100; attempt++) {
    const corner = { left: random.whole(0, imageSize - size), top: random.whole(0, imageSize - size) }
    const isFree = others.every((other) => {
      const nearest = ((size + other.size) / 2) * (1 - overlap)
      const [dx, dy] = [corner.left + size / 2 - other.x, corner.top + size / 2 - other.y]
      return Math.max(Math.abs(dx), Math.abs(dy)) >= nearest
    })
    const isClear = [corner.left, corner.top].every((start) => isClearOfThirds((start + size / 2) / imageSize))
    if (isFree && isClear) return corner
  }
  return undefined
}

function isClearOfThirds(share: number): boolean {
  return [1 / 3, 2 / 3].every((line) => Math.abs(share - line) >= zoneMargin)
}
