import type { Zone } from "../scene/zone.ts"

export interface ZoneMatch {
  readonly zone: Zone
  /** How many words it takes. */
  readonly length: number
}

/** The zone named at this place of a text. "left of the cat" and "you are right" name none. */
export function matchZone(words: readonly string[], at: number): ZoneMatch | undefined {
  const [word, next] = [words[at]!, words[at + 1]]
  if (word === "center") return { zone: "center", length: 1 }
  if (word === "top" || word === "bottom") {
    // "on top of the dog"
    if (words[at - 1] === "on") return undefined
    if (next === "left" || next === "right") return { zone: `${word} ${next}`, length: 2 }
    return { zone: word, length: next === "center" ? 2 : 1 }
  }
  if (word !== "left" && word !== "right") return undefined
  if (next === "top" || next === "bottom") return { zone: `${next} ${word}`, length: 2 }
  const ofPicture = next === "of" && ["picture", "image", "scene"].includes(words[at + 3] ?? "")
  if (next === "of" && !ofPicture) return undefined
  return ["the", "far", "on", "center"].includes(words[at - 1] ?? "") ? { zone: word, length: 1 } : undefined
}
