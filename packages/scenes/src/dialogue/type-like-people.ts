import { kinds } from "../kinds/kinds.ts"
import type { SeededRandom } from "../random/seeded-random.ts"

const letters = "abcdefghijklmnopqrstuvwxyz"
const names = new Set([...kinds.values()].flatMap(({ name, plural }) => `${name} ${plural}`.split(" ")))

/** What people write for each other because it sounds alike. */
const sounds: readonly (readonly [string, string])[] = [
  ["ph", "f"],
  ["ck", "k"],
  ["ee", "ea"],
  ["ea", "ee"],
  ["ie", "ei"],
  ["wh", "w"],
  ["tt", "t"],
  ["pp", "p"],
  ["ll", "l"],
  ["rr", "r"],
  ["nn", "n"],
  ["oo", "u"],
  ["qu", "kw"],
  ["ight", "ite"],
  ["igh", "y"],
  ["er", "ar"],
  ["tor", "ter"],
  ["le", "el"],
  ["c", "k"],
  ["y", "i"],
  ["s", "z"],
]
const before = [
  "hi,",
  "hello,",
  "hey can you tell me",
  "please",
  "hey,",
  "so",
  "um",
  "ok,",
  "and",
  "pls",
  "then",
  "well,",
  "nano,",
]
const after = ["please", "pls", "then", "now", "here", "?", "??", "!", "...", "in it"]

/** A question as people type it: other capitals, no mark at its end, a letter too few or in the wrong place. */
export function typeLikePeople(question: string, random: SeededRandom): string {
  let text = question
  if (random.chance(0.6)) text = text.replace(/[?.!]+$/, "")
  if (random.chance(0.15)) text = text.toUpperCase()
  else if (random.chance(0.7)) text = text.toLowerCase()
  if (random.chance(0.1)) text = `${random.pick(before)} ${text}`
  if (random.chance(0.1)) text = `${text.replace(/[?.!]+$/, "")} ${random.pick(after)}`.replace(/ (?=[?!.])/, "")
  if (random.chance(0.3)) text = text.replace(/\b([Ww])hat is\b/, "$1hats").replace(/\byou\b/, "u")
  if (random.chance(0.5)) text = random.chance(0.3) ? spellByEar(text, random) : misspell(text, random)
  if (random.chance(0.1)) text = random.chance(0.5) ? text.replace(" ", "  ") : `${text}??`
  return text
}

/** One letter of one word is left out, doubled, exchanged with its neighbour, or another one. Short words stay. */
function misspell(text: string, random: SeededRandom): string {
  const long = [...text.matchAll(/[A-Za-z]{4,}/g)]
  if (long.length === 0) return text
  const word = random.pick(long)
  // The first letter stays: few people miss it, and without it "cat" may become "at".
  const at = word.index + random.whole(1, word[0].length - 2)
  const [letter, next] = [text[at]!, text[at + 1]!]
  const replacement = random.pick([
    next,
    `${letter}${letter}${next}`,
    `${next}${letter}`,
    `${letter}${random.pick([...letters])}`,
  ])
  const misspelt = word[0].slice(0, at - word.index) + replacement + word[0].slice(at - word.index + 2)
  return withWord(text, word, misspelt)
}

/** One word as it sounds: "elefant". */
function spellByEar(text: string, random: SeededRandom): string {
  const possible = [...text.matchAll(/[A-Za-z]{4,}/g)].flatMap((word) =>
    sounds.filter(([sound]) => word[0].includes(sound)).map(([sound, other]) => ({ word, sound, other })),
  )
  if (possible.length === 0) return text
  const { word, sound, other } = random.pick(possible)
  return withWord(text, word, word[0].replace(sound, other))
}

/** The text with another word in the place of one. A bear must not become a pear: the answer would be about something else. */
function withWord(text: string, word: RegExpExecArray, other: string): string {
  if (names.has(other.toLowerCase())) return text
  return text.slice(0, word.index) + other + text.slice(word.index + word[0].length)
}
