/**
 * The alphabet of byte-level BPE (GPT-2, CLIP): every byte written as one printable character.
 * Printable Latin-1 bytes stand for themselves; the other 68 take U+0100, U+0101, ... in byte order.
 */
export const byteToCharacter: readonly string[] = buildAlphabet()

/** The inverse of {@link byteToCharacter}. */
export const characterToByte: ReadonlyMap<string, number> = new Map(
  byteToCharacter.map((character, byte) => [character, byte]),
)

function buildAlphabet(): string[] {
  const isPrintable = (byte: number) => (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte !== 0xad)
  let replacement = 0x100
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isPrintable(byte) ? byte : replacement++))
}
