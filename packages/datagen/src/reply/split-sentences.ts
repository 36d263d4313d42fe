/** Sentences of a text, by the ends of sentences of the reader's language rules (English). */
export function splitSentences(text: string): string[] {
  return [...segmenter.segment(text)].map(({ segment }) => segment.trim()).filter(Boolean)
}

const segmenter = new Intl.Segmenter("en", { granularity: "sentence" })
