import { trainUnigramTokenizer } from "@llava/llama"
import { askScene, findKind, findSetting, makeScene, SeededRandom, sceneSeed, type World, zones } from "@llava/scenes"
import { nanoQuestionKinds } from "./nano-questions.ts"

/** Scenes whose dialogues the tokenizer is learned from. */
const SCENES = 1200
/** What is rarer than this in them is left to smaller pieces. */
const RARE = 8
const MARKERS = ["USER:", "ASSISTANT:", "<image>"]

/**
 * The tokenizer of nano, learned from the dialogues of a world, as the content of tokenizer.json. What stands between the
 * names of things, places and numbers is taken as a phrase, one token each: answers of whole sentences are short to the
 * model. Phrases of answers keep their capitals.
 */
export function trainNanoTokenizer(world: World, run: number): string {
  const questions: string[] = []
  const answers: string[] = []
  for (let index = 0; index < SCENES; index++) {
    const scene = makeScene(world, sceneSeed({ split: "train", run, index }))
    const random = new SeededRandom(scene.seed, "tokenizer")
    const asked = askScene(scene, { form: "plain", variedQuestions: true, random, count: 8, kinds: nanoQuestionKinds })
    questions.push(...asked.map(({ question }) => question))
    answers.push(...asked.map(({ answer }) => answer))
  }
  const [names, places] = variableNames(world)
  const variable = new RegExp(`(^| )(?:${[...places, ...names].join("|")})(?![a-z])`, "g")
  const said = commonPhrases(answers, variable)
  return trainUnigramTokenizer({
    texts: [...questions, ...answers],
    phrases: [...commonPhrases(questions, variable), ...said, ...places],
    markers: MARKERS,
    openers: [...said.map((phrase) => phrase.trim()), ...places].filter((phrase) => /[A-Z]/.test(phrase)),
    rare: RARE,
  })
}

/** What changes from scene to scene within the same sentence; places are names of several words. */
function variableNames(world: World): [names: string[], places: string[]] {
  const things = world.kinds.flatMap((kind) => [findKind(kind).plural, kind])
  const numbers = ["zero", "one", "two", "three"]
  const parts = zones.map((zone) => {
    if (zone === "center") return "in the center"
    return `${zone === "left" || zone === "right" ? "on" : "at"} the ${zone}`
  })
  const capital = parts.map((part) => part.replace(/^./, (letter) => letter.toUpperCase()))
  const settings = world.settings.map((setting) => findSetting(setting).place)
  const places = [
    ...parts,
    ...capital,
    ...settings,
    "to the left of",
    "to the right of",
    "left of",
    "right of",
    "above",
    "below",
  ]
  return [things.concat(numbers), places.sort((a, b) => b.length - a.length)]
}

/** What stands between variable names, the space in front included. */
function commonPhrases(texts: readonly string[], variable: RegExp): string[] {
  const counts = new Map<string, number>()
  for (const text of texts) {
    // Of the groups of the expression one stands between any two parts.
    for (const part of text.split(variable).filter((_, index) => index % 2 === 0)) {
      const phrase = part === text ? part : part.trimEnd()
      counts.set(phrase, (counts.get(phrase) ?? 0) + 1)
    }
  }
  return [...counts].filter(([part, count]) => count >= RARE && /[A-Za-z]/.test(part)).map(([part]) => part)
}
