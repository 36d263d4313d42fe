import type { Direction } from "../facts/direction.ts"

/** Which of these directions a text gives, be it as "left of" or as "left" alone; undefined where it gives none or several. */
export function readSide(text: string, directions: readonly Direction[]): Direction | undefined {
  const named = (phrase: (direction: Direction) => string) => {
    const found = directions.filter((direction) =>
      new RegExp(`\\b${phrase(direction)}\\b(?! the (picture|image|scene))`, "i").test(text),
    )
    return found.length === 1 ? found[0] : undefined
  }
  return named((direction) => direction) ?? named((direction) => direction.replace(" of", ""))
}
