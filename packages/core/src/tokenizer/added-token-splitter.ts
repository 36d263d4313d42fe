import type { AddedToken } from "./added-token.ts"

/** Text between added tokens with its place in the whole, or an added token. */
export type TextSection = { text: string; offset: number } | { token: AddedToken }

/**
 * Cuts text at added tokens: leftmost first, and the longest where several begin at one place,
 * as Hugging Face's `AddedVocabulary` does. `pattern` is the name to look for where it is not the content.
 */
export class AddedTokenSplitter {
  readonly #byPattern: ReadonlyMap<string, AddedToken>
  readonly #expression: RegExp | undefined

  constructor(tokens: Iterable<{ token: AddedToken; pattern: string }>) {
    const entries = [...tokens].filter(({ pattern }) => pattern.length > 0)
    this.#byPattern = new Map(entries.map(({ token, pattern }) => [pattern, token]))
    const alternatives = [...this.#byPattern.keys()].sort((a, b) => b.length - a.length).map(escapeExpression)
    this.#expression = alternatives.length > 0 ? new RegExp(alternatives.join("|"), "g") : undefined
  }

  split(text: string): TextSection[] {
    if (!this.#expression) return text ? [{ text, offset: 0 }] : []
    const sections: TextSection[] = []
    let start = 0
    for (const match of text.matchAll(this.#expression)) {
      const token = this.#byPattern.get(match[0])!
      let left = match.index
      let right = left + match[0].length
      if (left < start || (token.singleWord && touchesWord(text, left, right))) continue
      if (token.stripLeft) left = Math.max(start, text.slice(0, left).replace(/\p{White_Space}+$/u, "").length)
      if (token.stripRight) right = text.length - text.slice(right).replace(/^\p{White_Space}+/u, "").length
      if (left > start) sections.push({ text: text.slice(start, left), offset: start })
      sections.push({ token })
      start = right
    }
    if (start < text.length) sections.push({ text: text.slice(start), offset: start })
    return sections
  }
}

function touchesWord(text: string, left: number, right: number): boolean {
  return (
    /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}]$/u.test(text.slice(Math.max(0, left - 2), left)) ||
    /^[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}]/u.test(text.slice(right, right + 2))
  )
}

function escapeExpression(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")
}
