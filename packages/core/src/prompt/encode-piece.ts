import type { Tokenizer } from "../tokenizer/tokenizer.ts"
import { GUARD_MARK } from "./guard-mark.ts"
import { specialTokenNames } from "./special-token-names.ts"
import { unguard } from "./unguard.ts"

/** Ids of rendered text without images. Guarded names become ordinary tokens, all others what they name. */
export function encodePiece(text: string, tokenizer: Tokenizer, addSpecialTokens: boolean): number[] {
  if (!text.includes(GUARD_MARK)) return tokenizer.encode(text, { addSpecialTokens })

  // The tokenizer cannot be told which of several equal names to recognise, so the ones meant are taken out first.
  const ids = addSpecialTokens ? leadingBos(tokenizer) : []
  const names = specialTokenNames(tokenizer)
  let start = 0
  const flush = (end: number) => {
    const words = unguard(text.slice(start, end))
    if (words !== "") ids.push(...tokenizer.encode(words, { addSpecialTokens: false, parseSpecialTokens: false }))
  }
  for (let at = 0; at < text.length; ) {
    const name = names.find((candidate) => text.startsWith(candidate, at))
    const id = name === undefined ? undefined : tokenizer.tokenId(name)
    if (name === undefined || id === undefined) {
      at++
      continue
    }
    flush(at)
    ids.push(id)
    at += name.length
    start = at
  }
  flush(text.length)
  return ids
}

function leadingBos(tokenizer: Tokenizer): number[] {
  const [first] = tokenizer.encode("", { addSpecialTokens: true })
  return first !== undefined && first === tokenizer.bosTokenId ? [first] : []
}
