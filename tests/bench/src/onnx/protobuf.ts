/** A field of a protobuf message: number, wire type and value, as bytes. */
export type Field = Uint8Array

/** An integer field (wire type 0). */
export function integerField(number: number, value: number): Field {
  return join([varint(number << 3), varint(value)])
}

/** A float field (wire type 5). */
export function floatField(number: number, value: number): Field {
  return join([varint((number << 3) | 5), new Uint8Array(Float32Array.of(value).buffer)])
}

/** A field of bytes, of text or of a message (wire type 2). */
export function bytesField(number: number, value: Uint8Array | string | readonly Field[]): Field {
  const bytes = typeof value === "string" ? new TextEncoder().encode(value) : Array.isArray(value) ? join(value) : value
  return join([varint((number << 3) | 2), varint((bytes as Uint8Array).byteLength), bytes as Uint8Array])
}

/** Fields one after the other: a message. */
export function join(parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts)
}

function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  do {
    const low = Number(rest & 127n)
    rest >>= 7n
    bytes.push(rest > 0n ? low | 128 : low)
  } while (rest > 0n)
  return Uint8Array.from(bytes)
}
