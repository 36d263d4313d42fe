import { abbreviation } from "./abbreviations.ts"
import { ptbRules } from "./ptb-rules.ts"

/** What the reference scorer takes out. Brackets are not among it: lower-cased, they escape its list. */
const removed = new Set(["''", "'", "``", "`", '"', ".", "?", "!", ",", ":", "-", "--", "...", ";"])

/** Words that are written as one and tokenised as two; the number is the length of the first. */
const joined: Readonly<Record<string, number>> = { cannot: 3, gonna: 3, gotta: 3, lemme: 3, gimme: 3, wanna: 3 }

// Most of a caption: words that a space, a comma or the last full stop follows. The rules would say the same.
const plainWord = /[A-Za-z]+(?=\s|, )/y
const lastWord = /([A-Za-z]{3,})\.\n/y
const keepsFullStop = new RegExp(`^(?:${abbreviation})$`)
const blank = /(?:[\s\u200b\u200e\u200f\ufeff]|,(?= ))+/y

/**
 * The tokens of a caption as COCO's reference scorer counts them: those of Stanford's Penn Treebank tokenizer (3.4.1),
 * lower-cased, without punctuation marks.
 *
 * Written anew from what that tokenizer answers; equal to it for every caption of COCO that we have compared, and nearly
 * always for other English text.
 *
 * @param following the next caption of the file: whether a caption's last word keeps its full stop can depend on it, since
 *   the reference scorer has all captions tokenised as one text
 */
export function ptbTokenize(caption: string, following = ""): string[] {
  const end = caption.length
  const text = `${caption.replaceAll("\n", " ")}\n${following.slice(0, 30)}\n`
  const tokens: string[] = []
  const push = (token: string) => {
    const lower = token.replaceAll("\u00ad", "").toLowerCase()
    const first = Object.hasOwn(joined, lower) ? joined[lower] : undefined
    if (first !== undefined) tokens.push(lower.slice(0, first), lower.slice(first))
    else if (lower !== "" && !removed.has(lower)) tokens.push(lower)
  }
  for (let position = 0; position < end; ) {
    const plain = matchAt(plainWord, text, position)
    if (plain !== null) {
      push(plain[0])
      position += plain[0].length
      continue
    }
    const space = matchAt(blank, text, position)
    if (space !== null) {
      position += space[0].length
      continue
    }
    const last = matchAt(lastWord, text, position)
    if (last !== null && position + last[0].length === end + 1 && !keepsFullStop.test(last[1]!)) {
      push(last[1]!)
      break
    }
    const { token, length } = longestToken(text, position)
    if (token !== undefined) push(token)
    position += length
  }
  return tokens
}

function longestToken(text: string, position: number): { token: string | undefined; length: number } {
  let best: RegExpExecArray | undefined
  let write: ((text: string) => string) | undefined
  for (const rule of ptbRules) {
    const match = matchAt(rule.pattern, text, position)
    if (match !== null && match[0].length > (best?.[0].length ?? 0)) {
      best = match
      write = rule.write
    }
  }
  const found = best?.[1]
  // What no rule knows, such as emoji, is left out.
  if (found === undefined) return { token: undefined, length: String.fromCodePoint(text.codePointAt(position)!).length }
  return { token: write === undefined ? found : write(found), length: found.length }
}

function matchAt(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position
  return pattern.exec(text)
}
