import { byteToCharacter, characterToByte } from "@llava/core"

const encoder = new TextEncoder()

/** Text as byte-level BPE sees it: its UTF-8, every byte written as one character of the byte alphabet. */
export function toByteLevel(text: string): string {
  let result = ""
  for (const byte of encoder.encode(text)) result += byteToCharacter[byte]!
  return result
}

/** Bytes of a token written in the byte alphabet. A name with other characters is not: it stands for its own UTF-8. */
export function fromByteLevel(token: string): Uint8Array {
  const bytes: number[] = []
  for (const character of token) {
    const byte = characterToByte.get(character)
    if (byte === undefined) return encoder.encode(token)
    bytes.push(byte)
  }
  return Uint8Array.from(bytes)
}
