import { objectGroups } from "./object-groups.ts"

export interface ObjectName {
  /** The first name of its line in the list. */
  group: string
  /** As the text has it. */
  name: string
  /** Whether the name alone asserts the object. */
  isPlain: boolean
}

/** The longest names have this many words: "remote control". */
const longest = 3

/** Names of everyday objects in a text, in singular or plural, longest first: "hot dogs" is no dog. */
export function objectNames(text: string): ObjectName[] {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? []
  const found: ObjectName[] = []
  for (let at = 0; at < words.length; ) {
    let taken = 1
    for (let length = longest; length > 0; length--) {
      const name = words.slice(at, at + length).join(" ")
      const group = at + length <= words.length ? groupOf(name) : undefined
      if (group === undefined) continue
      found.push({ ...group, name })
      taken = length
      break
    }
    at += taken
  }
  return found
}

function groupOf(name: string): Omit<ObjectName, "name"> | undefined {
  const candidates = [
    name,
    name.replace(/s$/, ""),
    name.replace(/es$/, ""),
    name.replace(/ies$/, "y"),
    name.replace(/ves$/, "f"),
  ]
  candidates.push(name.replace(/ves$/, "fe"), name.replace(/men$/, "man"))
  for (const candidate of candidates) {
    const group = groups.get(candidate)
    if (group !== undefined) return group
  }
  return undefined
}

const groups = new Map<string, Omit<ObjectName, "name">>()
for (const line of objectGroups.trim().split("\n")) {
  const names = line.split(",").map((name) => name.trim())
  for (const name of names) groups.set(name.replace("~", ""), { group: names[0]!, isPlain: !name.startsWith("~") })
}
