/*
 * Q4_K and Q5_K pack eight 6-bit scales and eight 6-bit minima into 12 bytes: groups 0-3 in the low six bits of bytes
 * 0-3 (scales) and 4-7 (minima); groups 4-7 with their low four bits in bytes 8-11 and their high two bits on top of
 * bytes 0-7.
 */

export function groupScale(bytes: Uint8Array, at: number, group: number): number {
  if (group < 4) return bytes[at + group]! & 63
  return (bytes[at + group + 4]! & 15) | ((bytes[at + group - 4]! >> 6) << 4)
}

export function groupMinimum(bytes: Uint8Array, at: number, group: number): number {
  if (group < 4) return bytes[at + group + 4]! & 63
  return (bytes[at + group + 4]! >> 4) | ((bytes[at + group]! >> 6) << 4)
}
