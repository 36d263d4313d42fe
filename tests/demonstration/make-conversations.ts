import type { CocoContext, TrainingSample } from "@llava/core"

const descriptions = [
  "Describe the picture in one sentence.",
  "What is shown here?",
  "Write a caption for this photograph.",
  "What do you see?",
]
const numbers = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]

/**
 * Conversations about described pictures, by rule and always the same: one asks for a caption, another what is there and
 * what is not, counted and placed by the boxes. Pictures without boxes have the first alone.
 */
export function makeConversations(contexts: readonly CocoContext[]): TrainingSample[] {
  const categories = [...new Set(contexts.flatMap(({ instances }) => instances.map(({ category }) => category)))].sort()
  return contexts.flatMap((context, index) => {
    const about = descriptionOf(context, index)
    const objects = objectsOf(context, categories, index)
    return [about, objects].flatMap((turns, kind) =>
      turns.length > 0 ? [{ id: `${context.id}-${kind}`, image: context.image, conversations: alternate(turns) }] : [],
    )
  })
}

/** Questions and answers, the picture before the first question. */
function alternate(turns: readonly (readonly [question: string, answer: string])[]): TrainingSample["conversations"] {
  return turns.flatMap(([question, answer], index) => [
    { from: "human" as const, value: index === 0 ? `<image>\n${question}` : question },
    { from: "gpt" as const, value: answer },
  ])
}

function descriptionOf({ captions }: CocoContext, index: number): [string, string][] {
  const caption = captions[index % captions.length]?.trim()
  if (!caption) return []
  const sentence = caption[0]!.toUpperCase() + caption.slice(1)
  return [[descriptions[index % descriptions.length]!, /[.!?]$/.test(sentence) ? sentence : `${sentence}.`]]
}

function objectsOf({ instances }: CocoContext, categories: readonly string[], index: number): [string, string][] {
  const first = instances[0]
  if (!first) return []
  const here = new Set(instances.map(({ category }) => category))
  const absent = categories.filter((category) => !here.has(category))
  const missing = absent[index % absent.length]
  const count = instances.filter(({ category }) => category === first.category).length
  const place = sideOf(first.bbox)
  const counted: [string, string] = [
    `How many objects of the kind "${first.category}" are there?`,
    count < numbers.length ? `There ${count === 1 ? "is" : "are"} ${numbers[count]}.` : "There are many.",
  ]
  const placed: [string, string] = [`Where is it?`, `It is ${place} of the picture.`]
  const refused: [string, string] = [`Is there ${withArticle(missing ?? "")} in the picture?`, "No, there is none."]
  return [counted, ...(count === 1 ? [placed] : []), ...(missing === undefined ? [] : [refused])]
}

function sideOf([left, , right]: CocoContext["instances"][number]["bbox"]): string {
  const middle = (left + right) / 2
  if (middle < 0.4) return "on the left"
  return middle > 0.6 ? "on the right" : "in the middle"
}

const withArticle = (noun: string) => `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`
