import type { Segment } from "../template/template.ts"
import type { Tokenizer } from "../tokenizer/tokenizer.ts"
import { encodePiece } from "./encode-piece.ts"
import { tokenEnds } from "./token-ends.ts"
import { unguard } from "./unguard.ts"

/**
 * Which tokens of a text are learned: those that spell any part of a learned segment. A token across a border counts
 * as learned, since what it holds of the answer would be learned nowhere else.
 */
export function learnedTokens(
  ids: readonly number[],
  segments: readonly Segment[],
  tokenizer: Tokenizer,
  addSpecialTokens: boolean,
): boolean[] {
  if (!segments.some((segment) => segment.learned)) return ids.map(() => false)
  const text = unguard(segments.map((segment) => segment.text).join(""))
  const ends = tokenEnds(ids, text, tokenizer)
  return ends ? byBytes(ids, ends, segments, tokenizer) : byPrefixes(ids, segments, tokenizer, addSpecialTokens)
}

function byBytes(
  ids: readonly number[],
  ends: readonly number[],
  segments: readonly Segment[],
  tokenizer: Tokenizer,
): boolean[] {
  const encoder = new TextEncoder()
  const isLearned = segments.flatMap(({ text, learned }) => {
    return new Array<boolean>(encoder.encode(unguard(text)).length).fill(learned)
  })
  return ids.map((id, index) => {
    const start = ends[index - 1] ?? 0
    const end = ends[index]!
    if (start < end) return isLearned.slice(start, end).includes(true)
    // No width: a token that the tokenizer added, or the space in front of a text.
    return !tokenizer.isSpecial(id) && (isLearned[start] ?? false)
  })
}

/** For tokenizers that change the text: the tokens up to a border are those that the text up to it shares. */
function byPrefixes(
  ids: readonly number[],
  segments: readonly Segment[],
  tokenizer: Tokenizer,
  addSpecialTokens: boolean,
): boolean[] {
  const learned = ids.map(() => false)
  let prefix = ""
  let start = 0
  for (const segment of segments) {
    prefix += segment.text
    const alone = encodePiece(prefix, tokenizer, addSpecialTokens)
    let shared = 0
    while (shared < alone.length && alone[shared] === ids[shared]) shared++
    const isSplit = shared < alone.length
    if (segment.learned) learned.fill(true, start, isSplit ? shared + 1 : shared)
    start = shared
  }
  return learned
}
