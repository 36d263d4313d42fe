import { TokenizerError } from "@llava/core"

/**
 * SentencePiece's `precompiled_charsmap`: a Darts double-array trie of character sequences, each pointing at its
 * replacement in a table of NUL-ended strings. Replaces the longest sequence at every place.
 */
export function charactersMap(blob: Uint8Array, file: string): (text: string) => string {
  const damaged = () =>
    new TokenizerError("Its character map (precompiled_charsmap) is damaged.", {
      code: "malformed-tokenizer-file",
      file,
      fix: "Download the file again.",
    })
  if (blob.length < 4) throw damaged()
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength)
  const trieSize = view.getUint32(0, true)
  if (trieSize % 4 !== 0 || trieSize < 4 || 4 + trieSize > blob.length) throw damaged()
  const units = Uint32Array.from({ length: trieSize / 4 }, (_, i) => view.getUint32(4 + 4 * i, true))
  const replacements = blob.subarray(4 + trieSize)

  const replacementAt = (start: number) => {
    const end = replacements.indexOf(0, start)
    return replacements.subarray(start, end < 0 ? replacements.length : end)
  }
  const longestMatch = (input: Uint8Array, start: number): { length: number; value: number } => {
    let node = offsetOf(units[0]!)
    const best = { length: 0, value: 0 }
    for (let i = start; i < input.length; i++) {
      node ^= input[i]!
      const unit = units[node]
      if (unit === undefined || (unit & 0x800000ff) !== input[i]) break
      node ^= offsetOf(unit)
      if (((unit >>> 8) & 1) === 0) continue
      best.length = i + 1 - start
      best.value = (units[node] ?? 0) & 0x7fffffff
    }
    return best
  }

  return (text) => {
    const input = new TextEncoder().encode(text)
    const output: number[] = []
    for (let i = 0; i < input.length; ) {
      const { length, value } = longestMatch(input, i)
      const taken = length || utf8Length(input[i]!)
      const bytes = length ? replacementAt(value) : input.subarray(i, i + taken)
      for (const byte of bytes) output.push(byte)
      i += taken
    }
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(output))
  }
}

function offsetOf(unit: number): number {
  return (unit >>> 10) << ((unit & 0x200) >>> 6)
}

function utf8Length(lead: number): number {
  return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
}
