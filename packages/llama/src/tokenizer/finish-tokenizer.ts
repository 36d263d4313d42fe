import { type AddedToken, AssembledTokenizer, addedToken, TokenizerError, type TokenizerParts } from "@llava/core"
import type { TokenizerSettings } from "./tokenizer-settings.ts"

/** What a vocabulary file says by itself, before the settings beside it are heard. */
export interface TokenizerBody extends Omit<TokenizerParts, "chatTemplate"> {
  chatTemplate?: string | undefined
}

/**
 * Joins a vocabulary with the settings beside it: added tokens, special tokens, BOS and EOS.
 * A special token that the vocabulary lacks goes behind it, as in Hugging Face tokenizers.
 */
export function finishTokenizer(body: TokenizerBody, settings: TokenizerSettings, file: string): AssembledTokenizer {
  const ids = new Map<string, number>()
  for (const [id, name] of body.tokens.entries()) if (name !== undefined && !ids.has(name)) ids.set(name, id)
  for (const token of body.addedTokens) ids.set(token.content, token.id)
  let end = Math.max(body.tokens.length, ...body.addedTokens.map((token) => token.id + 1))
  for (const token of settings.addedTokens ?? []) if (token.id !== undefined) end = Math.max(end, token.id + 1)

  const own = new Map(body.addedTokens.map((token) => [token.content, token]))
  const extra: AddedToken[] = []
  for (const token of settings.addedTokens ?? []) {
    const known = own.get(token.content)
    if (known) {
      if (token.special) own.set(token.content, { ...known, special: true })
      continue
    }
    const id = token.id ?? ids.get(token.content) ?? end++
    ids.set(token.content, id)
    extra.push(addedToken({ ...token, id }))
  }
  const idOf = (name: string | undefined, otherwise: number | undefined) =>
    name === undefined ? otherwise : ids.get(name)
  const bosTokenId = idOf(settings.bosToken, body.bosTokenId)
  const eosTokenId = idOf(settings.eosToken, body.eosTokenId)

  return new AssembledTokenizer({
    ...body,
    addedTokens: [...own.values(), ...extra],
    prefix: withOrWithout(body.prefix, bosTokenId, settings.addBosToken, "add_bos_token", file),
    suffix: withOrWithout(body.suffix, eosTokenId, settings.addEosToken, "add_eos_token", file),
    bosTokenId,
    eosTokenId,
    padTokenId: idOf(settings.padToken, body.padTokenId),
    unkTokenId: idOf(settings.unkToken, body.unkTokenId),
    chatTemplate: settings.chatTemplate ?? body.chatTemplate,
  })
}

function withOrWithout(
  ids: readonly number[],
  id: number | undefined,
  wanted: boolean | undefined,
  key: string,
  file: string,
): readonly number[] {
  if (wanted === undefined) return ids
  if (!wanted) return ids.filter((other) => other !== id)
  if (id === undefined) {
    throw new TokenizerError(`${key} is true, but no such token is named.`, {
      code: "missing-special-token",
      file,
      fix: `Name the token in tokenizer_config.json, or set ${key} to false.`,
    })
  }
  return ids.includes(id) ? ids : [id]
}
