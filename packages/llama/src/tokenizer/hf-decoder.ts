import { TokenizerError } from "@llava/core"
import { z } from "zod"
import { fromByteLevel } from "./byte-level-text.ts"
import { checkedConfig } from "./checked-config.ts"
import { type Component, component } from "./hf-json-schema.ts"

/** What a decoder does, told token by token, so that text can be streamed. */
export interface TokenDecoder {
  tokenBytes(name: string): Uint8Array
  /** Whether a token is a single byte; absent without ByteFallback. */
  isByte?: (name: string) => boolean
  /** One space at the very start of the text goes. */
  stripsLeadingSpace: boolean
  /** White space at both ends goes. */
  trimsDecoded: boolean
}

const sequence = z.object({ decoders: z.array(component) })
const replace = z.object({
  pattern: z.union([z.object({ String: z.string() }), z.object({ Regex: z.string() })]),
  content: z.string(),
})
const strip = z.object({ content: z.string(), start: z.number().int(), stop: z.number().int() })
const metaspace = z.object({
  replacement: z.string().default("\u2581"),
  prepend_scheme: z.enum(["always", "first", "never"]).optional(),
  add_prefix_space: z.boolean().optional(),
})
const bpe = z.object({ suffix: z.string().default("</w>") })
const wordPiece = z.object({ prefix: z.string().default("##") })

const encoder = new TextEncoder()
const byteName = /^<0x([0-9A-Fa-f]{2})>$/

/**
 * The decoder of a `tokenizer.json`, of which every step must work on single tokens.
 * `clean_up_tokenization_spaces` and WordPiece `cleanup` are not applied: they would alter text behind the stream.
 */
export function hfDecoder(config: Component | null, endOfWordSuffix: string | undefined, file: string): TokenDecoder {
  if (!config)
    return { tokenBytes: (name) => encoder.encode(` ${name}`), stripsLeadingSpace: true, trimsDecoded: false }
  const steps = flatten(config, file)
  const decoder: TokenDecoder = {
    tokenBytes: encoder.encode.bind(encoder),
    stripsLeadingSpace: false,
    trimsDecoded: false,
  }
  const rewrites: ((name: string) => string)[] = []
  let isFused = false
  let fallsBackToBytes = false

  for (const step of steps) {
    if (step.type === "ByteLevel") {
      decoder.tokenBytes = fromByteLevel
      if (endOfWordSuffix) {
        rewrites.push((name) => (name.endsWith(endOfWordSuffix) ? `${name.slice(0, -endOfWordSuffix.length)}Ġ` : name))
        decoder.trimsDecoded = true
      }
    } else if (step.type === "ByteFallback") fallsBackToBytes = true
    else if (step.type === "Fuse") isFused = true
    else if (step.type === "Replace") {
      const { pattern, content } = checkedConfig(replace, step, file)
      const expression = "String" in pattern ? pattern.String : new RegExp(pattern.Regex, "gu")
      rewrites.push((name) => name.replaceAll(expression, () => content))
    } else if (step.type === "Strip") {
      const { content, start, stop } = checkedConfig(strip, step, file)
      if (content === " " && start === 1 && stop === 0 && isFused) decoder.stripsLeadingSpace = true
      else if (start !== 0 || stop !== 0) throw unsupported(step.type, file)
    } else if (step.type === "Metaspace") {
      const { replacement, prepend_scheme, add_prefix_space } = checkedConfig(metaspace, step, file)
      rewrites.push((name) => name.replaceAll(replacement, " "))
      decoder.stripsLeadingSpace = (prepend_scheme ?? (add_prefix_space === false ? "never" : "always")) !== "never"
    } else if (step.type === "BPEDecoder") {
      const { suffix } = checkedConfig(bpe, step, file)
      rewrites.push((name) => name.replaceAll(suffix, " "))
      decoder.trimsDecoded = true
    } else if (step.type === "WordPiece") {
      const { prefix } = checkedConfig(wordPiece, step, file)
      rewrites.push((name) => (name.startsWith(prefix) ? name.slice(prefix.length) : ` ${name}`))
      decoder.stripsLeadingSpace = true
    } else throw unsupported(step.type, file)
  }

  if (fallsBackToBytes) decoder.isByte = (name) => byteName.test(name)
  const { tokenBytes } = decoder
  decoder.tokenBytes = (name) => {
    const byte = fallsBackToBytes ? byteName.exec(name) : null
    if (byte) return Uint8Array.of(Number.parseInt(byte[1]!, 16))
    return tokenBytes(rewrites.reduce((result, rewrite) => rewrite(result), name))
  }
  return decoder
}

function flatten(config: Component, file: string): Component[] {
  if (config.type !== "Sequence") return [config]
  return checkedConfig(sequence, config, file).decoders.flatMap((step) => flatten(step, file))
}

function unsupported(type: string, file: string): TokenizerError {
  return new TokenizerError(`Its decoder has a step of type "${type}" that cannot work token by token.`, {
    code: "unsupported-tokenizer",
    file,
    fix: "Supported are ByteLevel, ByteFallback, Fuse, Replace, Strip (one leading space), Metaspace, BPEDecoder, WordPiece.",
  })
}
