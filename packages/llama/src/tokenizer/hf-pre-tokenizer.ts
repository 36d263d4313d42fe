import { TokenizerError } from "@llava/core"
import { z } from "zod"
import { toByteLevel } from "./byte-level-text.ts"
import { checkedConfig } from "./checked-config.ts"
import { hfComponent } from "./hf-component.ts"
import { type Component, component } from "./hf-json-schema.ts"
import { hfLibrary } from "./hf-library.ts"
import { preTokenizerPatterns } from "./pre-tokenizer-patterns.ts"
import { splitByPattern } from "./split-by-pattern.ts"

/** Cuts text into words. `isStart`: nothing stands before the text. */
export type PreTokenizer = (text: string, isStart: boolean) => string[]

const sequence = z.object({ pretokenizers: z.array(component) })
const byteLevel = z.object({ add_prefix_space: z.boolean().default(true), use_regex: z.boolean().default(true) })
const digits = z.object({ individual_digits: z.boolean().default(false) })
const split = z.object({
  pattern: z.union([z.object({ String: z.string() }), z.object({ Regex: z.string() })]),
  behavior: z.enum(["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"]),
  invert: z.boolean().default(false),
})
const metaspace = z.object({
  replacement: z.string().length(1).default("\u2581"),
  prepend_scheme: z.enum(["always", "first", "never"]).optional(),
  add_prefix_space: z.boolean().optional(),
  split: z.boolean().default(true),
})

/**
 * The pre-tokenizer of a `tokenizer.json`. Those of language models are ours, because the library knows one of five
 * split behaviours, takes ASCII digits alone, and does not cut at U+2581; the rest come from the library.
 */
export function hfPreTokenizer(config: Component, file: string): PreTokenizer {
  switch (config.type) {
    case "Sequence": {
      const steps = checkedConfig(sequence, config, file).pretokenizers.map((step) => hfPreTokenizer(step, file))
      return (text, isStart) =>
        steps.reduce((words, step) => words.flatMap((word, i) => step(word, isStart && i === 0)), [text])
    }
    case "ByteLevel": {
      const { add_prefix_space, use_regex } = checkedConfig(byteLevel, config, file)
      const [pattern] = preTokenizerPatterns.gpt2
      return (text) => {
        const prefixed = add_prefix_space && !text.startsWith(" ") ? ` ${text}` : text
        return (use_regex ? splitByPattern(prefixed, pattern!) : [prefixed]).map(toByteLevel)
      }
    }
    case "Split": {
      const { pattern, behavior, invert } = checkedConfig(split, config, file)
      const expression = translated(pattern, file)
      return (text) => splitByPattern(text, expression, behavior, invert)
    }
    case "Digits": {
      const { individual_digits } = checkedConfig(digits, config, file)
      const expression = individual_digits ? /\p{N}/gu : /\p{N}+/gu
      return (text) => splitByPattern(text, expression)
    }
    case "Metaspace": {
      const { replacement, prepend_scheme, add_prefix_space, split } = checkedConfig(metaspace, config, file)
      const scheme = prepend_scheme ?? (add_prefix_space === false ? "never" : "always")
      const expression = new RegExp(replacement, "gu")
      return (text, isStart) => {
        const replaced = text.replaceAll(" ", replacement)
        const wanted = scheme === "always" || (scheme === "first" && isStart)
        const prefixed = wanted && !replaced.startsWith(replacement) ? replacement + replaced : replaced
        return split ? splitByPattern(prefixed, expression, "MergedWithNext") : [prefixed]
      }
    }
    default: {
      const preTokenizer = hfComponent("pre_tokenizer", config, file)
      return (text) => preTokenizer?.pre_tokenize(text) ?? [text]
    }
  }
}

/** Oniguruma to JavaScript is the library's work. */
function translated(pattern: { String: string } | { Regex: string }, file: string): RegExp {
  try {
    const expression = new hfLibrary.SplitPreTokenizer({ type: "Split", pattern, behavior: "Isolated", invert: false })
      .pattern
    if (expression) return expression
  } catch (cause) {
    throw new TokenizerError(`Its pattern ${JSON.stringify(pattern)} cannot be used.`, {
      code: "unsupported-tokenizer",
      file,
      fix: cause instanceof Error ? `The library says: ${cause.message}` : "It is of an unknown kind.",
      cause,
    })
  }
  return /(?!)/gu
}
