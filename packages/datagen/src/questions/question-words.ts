const stopWords = new Set(
  "a an the is are was were be been am do does did has have had there this that these those it its his her their they he she in on at of to and or with for by from as image picture photo photograph scene shown visible seen see please can could would you tell me s".split(
    " ",
  ),
)

/** The words that carry a question, in the singular: "What is the color of the cups?" gives what, color, cup. */
export function questionWords(question: string): string[] {
  const words = question.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return words.filter((word) => !stopWords.has(word)).map((word) => (/[^s]s$/.test(word) ? word.slice(0, -1) : word))
}
