import type { Direction } from "./direction.ts"

const opposites: Readonly<Record<Direction, Direction>> = {
  "left of": "right of",
  "right of": "left of",
  above: "below",
  below: "above",
}

export function opposite(direction: Direction): Direction {
  return opposites[direction]
}
