import { trainUnigramTokenizer } from "@llava/llama"
import { askScene, makeScene, type QuestionKind, SeededRandom, sceneSeed, type World } from "@llava/scenes"
import { nanoPlaces } from "./nano-places.ts"
import { FOLLOW_UPS, type NanoDialogue, nanoDialogue } from "./nano-questions.ts"
import { nanoThings } from "./nano-things.ts"

/** Scenes whose dialogues the tokenizer is learned from. */
const SCENES = 2000
/** What is rarer than this in them is left to smaller pieces. */
const RARE = 8
const MARKERS = ["USER:", "ASSISTANT:", "<image>"]

/**
 * The tokenizer of nano, learned from the dialogues of a world, as the content of tokenizer.json. Things with their article
 * are one token, places with what leads to them another, and what stands between these is taken as a phrase: what a
 * picture decides follows at once on what it depends on. Phrases of answers keep their capitals.
 */
export function trainNanoTokenizer(
  world: World,
  run: number,
  dialogues: readonly NanoDialogue[] = [nanoDialogue],
): string {
  const questions: string[] = []
  const answers: string[] = []
  for (let index = 0; index < SCENES; index++) {
    const scene = makeScene(world, sceneSeed({ split: "train", run, index }))
    const random = new SeededRandom(scene.seed, "tokenizer")
    const asked = dialogues.flatMap(({ kinds, first }) =>
      askScene(scene, {
        ...{ form: "plain", variedQuestions: true, followUps: FOLLOW_UPS, random, count: 8, first },
        kinds: Object.keys(kinds) as QuestionKind[],
      }),
    )
    questions.push(...asked.map(({ question }) => question))
    answers.push(...asked.map(({ answer }) => answer))
  }
  const things = nanoThings(world).flatMap(({ forms }) => forms)
  const { zones, settings } = nanoPlaces(world)
  const places = [...zones, ...settings]
  const asked = frequent(questions.flatMap((text) => between(text, [...things, ...places])))
  const said = ofAllPlaces(
    answers.flatMap((text) => phrasesOfAnswer(text, things, places)),
    [zones, settings],
  )
  const openers = [...said, ...things].map((phrase) => phrase.trim()).filter(isOpener)
  return trainUnigramTokenizer({
    texts: [...questions, ...answers],
    phrases: [...asked, ...said, ...things, ...places],
    markers: MARKERS,
    ...{ openers, rare: RARE },
  })
}

/** Phrases between variable parts, the space in front included. */
function between(text: string, variable: readonly string[]): string[] {
  return text
    .split(anyOf(variable))
    .filter((_, index) => index % 2 === 0)
    .map((part) => (part === text ? part : part.trimEnd()))
}

/** As `between` things; and a place ends a phrase. What keeps its capitals ends before a space only, else at a name. */
function phrasesOfAnswer(text: string, things: readonly string[], places: readonly string[]): string[] {
  const place = `(?:${places.join("|")})(?![a-z])`
  return between(text, things).flatMap((phrase) => {
    const opener = isOpener(phrase)
      ? (new RegExp(`^.*?${place}(?:(?= and )|, one(?= ))`).exec(phrase)?.[0] ?? phrase)
      : ""
    const rest = phrase.slice(opener.length)
    return [opener, ...rest.split(new RegExp(`(.*?${place})`)).flatMap((part) => part.split(/(?=[,:;] |\. [A-Z])/))]
  })
}

const isOpener = (phrase: string) => /^\W*[A-Z]/.test(phrase)

const anyOf = (names: readonly string[]) => new RegExp(`((?:^|(?<= ))(?:${names.join("|")})(?![a-z]))`)

function frequent(phrases: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const phrase of phrases) counts.set(phrase, (counts.get(phrase) ?? 0) + 1)
  return [...counts].filter(([phrase, count]) => count >= RARE && /[A-Za-z]/.test(phrase)).map(([phrase]) => phrase)
}

/** What is said of one place may be said of any of its kind. */
function ofAllPlaces(phrases: readonly string[], kinds: readonly (readonly string[])[]): string[] {
  const all = new Set(phrases.filter((phrase) => /[A-Za-z]/.test(phrase)))
  for (const phrase of [...all]) {
    for (const places of kinds) {
      if (anyOf(places).test(phrase)) for (const place of places) all.add(phrase.replace(anyOf(places), place))
    }
  }
  return [...all]
}
