/** Whether it is a mark of punctuation, or the text's end. */
export function isMark(word: string | undefined): boolean {
  return word === undefined || /^[.,;:?!]$/.test(word)
}
