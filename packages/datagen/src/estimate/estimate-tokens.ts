const pieces = /\p{L}+|\p{N}{1,3}|[^\p{L}\p{N}\s]+\n*|\n+| (?=\p{N})/gu

/**
 * About how many tokens a text has for the tokenizers of current models: one per word (two for long ones), per three
 * digits, per run of signs (with the line ends after it) and per space before a number. Within a tenth of the counts of Llama 3's tokenizer on the package's prompts.
 */
export function estimateTokens(text: string): number {
  let tokens = 0
  for (const [piece] of text.matchAll(pieces)) {
    const isAscii = /^[\x20-\x7e\n]+$/.test(piece)
    if (/^\p{L}/u.test(piece)) tokens += isAscii ? Math.ceil(piece.length / 11) : Math.ceil(piece.length / 2)
    else tokens += 1
  }
  return tokens
}
