/** Unit vectors of a batch of pictures and of a table of words, and the words of each picture. */
export interface RetrieveInput {
  /** `[pictures][patches]` */
  patches: readonly (readonly Float32Array[])[]
  /** `[words]` */
  words: readonly Float32Array[]
  /** Of each picture, as numbers of words. */
  texts: readonly (readonly number[])[]
}

/**
 * Recall at 1 in a batch: how many pictures find their own text, and texts their own picture, by the similarities that
 * they were trained with (FILIP: Yao et al. 2022). Texts of the same words are one text.
 */
export function retrievePairs({ patches, words, texts }: RetrieveInput): { toText: number; toPicture: number } {
  const alike = patches.map((own) => own.map((patch) => words.map((word) => dot(patch, word)))) // [pictures][patches][words]
  const byPatches = alike.map((own) =>
    texts.map((text) => mean(own.map((patch) => Math.max(...text.map((word) => patch[word]!))))),
  )
  const byWords = alike.map((own) =>
    texts.map((text) => mean(text.map((word) => Math.max(...own.map((patch) => patch[word]!))))),
  )
  const keys = texts.map((text) => [...text].sort((a, b) => a - b).join(" "))
  const isOwn = (found: number, index: number) => keys[found] === keys[index]
  return {
    toText: byPatches.filter((scores, index) => isOwn(largest(scores), index)).length,
    toPicture: texts.filter((_, index) => isOwn(largest(byWords.map((scores) => scores[index]!)), index)).length,
  }
}

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, index) => sum + value * b[index]!, 0)
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const largest = (values: readonly number[]) => values.indexOf(Math.max(...values))
