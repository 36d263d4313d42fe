/** 32 bits that tell most contents apart: FNV-1a (Fowler, Noll and Vo). Equal ones must still be compared. */
export function contentHash(bytes: Uint8Array): number {
  let hash = 0x811c9dc5
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}
