/** The same bytes where a typed array of `elementBytes` per element can stand on them; a copy only if need be. */
export function alignedBytes(bytes: Uint8Array, elementBytes: number): Uint8Array {
  return bytes.byteOffset % elementBytes === 0 ? bytes : bytes.slice()
}
