import { TokenizerError } from "@llava/core"

/** The merges of `merges.txt` or `bpe_simple_vocab_16e6.txt`: a heading, then two tokens a line. */
export function readMerges(text: string, file: string): (readonly [string, string])[] {
  const lines = text.split(/\r?\n/)
  return lines.flatMap((line, i) => {
    if (line === "" || (i === 0 && line.includes("#version"))) return []
    const parts = line.split(" ")
    const [left, right] = parts
    if (parts.length === 2 && left && right) return [[left, right] as const]
    throw new TokenizerError(`Line ${i + 1} ("${line}") is not two tokens with a space between.`, {
      code: "malformed-tokenizer-file",
      file,
      fix: "The file is damaged or no list of merges; download it again.",
    })
  })
}
