import { TokenizerError } from "@llava/core"

/** Splits a line of a merges list ("Ġ t") into its two tokens. A token may itself begin with a space. */
export function splitMerge(line: string, number: number, file: string): readonly [string, string] {
  const gap = line.indexOf(" ", 1)
  if (gap > 0 && gap < line.length - 1) return [line.slice(0, gap), line.slice(gap + 1)]
  throw new TokenizerError(`Merge ${number} ("${line}") is not two tokens with a space between.`, {
    code: "malformed-tokenizer-file",
    file,
    fix: "The file is damaged; download it again.",
  })
}
