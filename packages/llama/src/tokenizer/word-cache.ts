const capacity = 16_384
const longestWord = 128

/** Remembers the ids of short words: text repeats itself. Forgets everything when full. */
export function cached(encodeWord: (word: string) => number[]): (word: string) => number[] {
  const known = new Map<string, number[]>()
  return (word) => {
    if (word.length > longestWord) return encodeWord(word)
    const found = known.get(word)
    if (found) return found
    if (known.size >= capacity) known.clear()
    const ids = encodeWord(word)
    known.set(word, ids)
    return ids
  }
}
