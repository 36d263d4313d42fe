import { type MergeTable, mergePairs, TokenizerError } from "@llava/core"
import { cached } from "./word-cache.ts"

export interface BpeModel {
  ids: ReadonlyMap<string, number>
  /** Pairs of token names, best first. */
  merges: readonly (readonly [string, string])[]
  unkTokenId?: number | undefined
  /** Runs of unknown characters become one unknown token. */
  fuseUnknown?: boolean | undefined
  /** Characters outside the vocabulary become `<0xNN>` tokens, where the vocabulary has them. */
  byteFallback?: boolean | undefined
  /** A word that is a token as a whole is taken as it is. */
  ignoreMerges?: boolean | undefined
  continuingSubwordPrefix?: string | undefined
  endOfWordSuffix?: string | undefined
}

/**
 * Byte-pair encoding of one word with a list of merges, as in Hugging Face tokenizers' `BPE` model.
 * A character that the vocabulary lacks becomes bytes, else the unknown token, else nothing.
 */
export function bpeWordEncoder(model: BpeModel, file: string): (word: string) => number[] {
  const { ids, continuingSubwordPrefix: prefix = "", endOfWordSuffix: suffix = "" } = model
  const table = mergeTable(model, file)
  const encoder = new TextEncoder()

  const bytesOf = (character: string): number[] | undefined => {
    if (!model.byteFallback) return undefined
    const found = Array.from(encoder.encode(character), (byte) =>
      ids.get(`<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`),
    )
    return found.every((id) => id !== undefined) ? found : undefined
  }

  return cached((word) => {
    const whole = model.ignoreMerges ? ids.get(word) : undefined
    if (whole !== undefined) return [whole]
    const characters = [...word]
    const symbols: number[] = []
    let afterUnknown = false
    for (const [i, character] of characters.entries()) {
      const name = (i > 0 ? prefix : "") + character + (i === characters.length - 1 ? suffix : "")
      const id = ids.get(name)
      const known = id === undefined ? bytesOf(name) : [id]
      if (known) symbols.push(...known)
      else if (model.unkTokenId !== undefined && !(model.fuseUnknown && afterUnknown)) symbols.push(model.unkTokenId)
      afterUnknown = known === undefined
    }
    return mergePairs(symbols, table)
  })
}

function mergeTable({ ids, merges, continuingSubwordPrefix = "" }: BpeModel, file: string): MergeTable {
  let size = 0
  for (const id of ids.values()) size = Math.max(size, id + 1)
  const ranks = new Map<number, number>()
  const results = new Int32Array(merges.length)
  for (const [rank, [left, right]] of merges.entries()) {
    const merged =
      left + (right.startsWith(continuingSubwordPrefix) ? right.slice(continuingSubwordPrefix.length) : right)
    const leftId = ids.get(left)
    const rightId = ids.get(right)
    const result = ids.get(merged)
    if (leftId === undefined || rightId === undefined || result === undefined) {
      const missing = leftId === undefined ? left : rightId === undefined ? right : merged
      throw new TokenizerError(`Merge ${rank + 1} (${left} ${right}) needs "${missing}", which is no token.`, {
        code: "malformed-tokenizer-file",
        file,
        fix: "Vocabulary and merges must come from the same tokenizer.",
      })
    }
    ranks.set(leftId * size + rightId, rank)
    results[rank] = result
  }
  return {
    find: (left, right) => ranks.get(left * size + right) ?? -1,
    priority: (rank) => rank,
    result: (rank) => results[rank]!,
  }
}
