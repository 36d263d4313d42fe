/**
 * The words of a tokenised caption as METEOR counts them, whose normaliser takes apart what the Penn Treebank keeps
 * together: compounds, clitics, marks, and full stops that no lower-case word follows.
 */
export function meteorWords(tokens: readonly string[]): string[] {
  const words = tokens.flatMap((token) => (/^[a-z]+$/.test(token) ? [token] : takeApart(token)))
  return words.flatMap((word, index) => {
    const endsSentence = /^[^.]+\.$/.test(word) && !/^\p{Ll}/u.test(words[index + 1] ?? "")
    return endsSentence ? [word.slice(0, -1), "."] : [word]
  })
}

function takeApart(token: string): string[] {
  if (/^-[lr][rcs]b-$/.test(token)) return [token]
  return token
    .replace(/(?<=[\p{L}\p{N}])-(?=[\p{L}\p{N}])/gu, " ")
    .replace(/[^\p{L}\p{M}\p{N}\s.,'’-]/gu, " $& ")
    .replace(/(?<=\p{L})['’](?=\p{L})/gu, " $&")
    .replace(/(?<!\p{L})['’]|['’](?!\p{L})/gu, " $& ")
    .split(/\s+/)
    .filter((word) => word !== "")
}
