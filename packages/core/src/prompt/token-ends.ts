import type { Tokenizer } from "../tokenizer/tokenizer.ts"

const space = 0x20

/**
 * Where in the text each token ends, in bytes of UTF-8, found by walking along the text with the bytes of the tokens.
 * Undefined where the tokens do not spell the text (a tokenizer that normalises it).
 */
export function tokenEnds(ids: readonly number[], text: string, tokenizer: Tokenizer): number[] | undefined {
  const encoder = new TextEncoder()
  const bytes = encoder.encode(text)
  const ends: number[] = []
  let at = 0
  for (const id of ids) {
    if (tokenizer.isSpecial(id)) {
      const name = encoder.encode(tokenizer.decode([id], { skipSpecialTokens: false }))
      // Not in the text: the tokenizer added it by itself.
      if (spells(bytes, at, name, 0)) at += name.length
    } else {
      const token = tokenizer.tokenBytes(id)
      if (spells(bytes, at, token, 0)) at += token.length
      // SentencePiece puts a space before a text that has none.
      else if (token[0] === space && spells(bytes, at, token, 1)) at += token.length - 1
      else return undefined
    }
    ends.push(at)
  }
  return at === bytes.length ? ends : undefined
}

function spells(bytes: Uint8Array, at: number, token: Uint8Array, from: number): boolean {
  for (let i = from; i < token.length; i++) if (bytes[at + i - from] !== token[i]) return false
  return true
}
