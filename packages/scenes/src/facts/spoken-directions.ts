import type { Direction } from "./direction.ts"

/** How people say where one thing is from another, before its name; what is said most often stands twice. */
export const spokenDirections: Readonly<Record<Direction, readonly string[]>> = {
  "left of": ["to the left of", "to the left of", "on the left of", "left from"],
  "right of": ["to the right of", "to the right of", "on the right of", "right from"],
  above: ["above", "over", "on top of", "higher than"],
  below: ["below", "under", "underneath", "lower than"],
}
