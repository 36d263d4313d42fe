import { TokenizerError } from "@llava/core"

/** One field of a protobuf message. Wire type 0 gives a bigint, 1 and 5 the raw little-endian bytes, 2 the content. */
export type ProtobufField =
  | { field: number; wire: 0; value: bigint }
  | { field: number; wire: 1 | 2 | 5; value: Uint8Array }

/** Walks the fields of a protobuf message (protobuf encoding specification). Throws on anything cut off. */
export function* protobufFields(bytes: Uint8Array, file: string): Generator<ProtobufField> {
  let position = 0

  const fail = (what: string): never => {
    throw new TokenizerError(`${what} at byte ${position} of a protobuf message of ${bytes.length} bytes.`, {
      code: "malformed-tokenizer-file",
      file,
      fix: "The file is damaged or no SentencePiece model; download it again.",
    })
  }
  const varint = (): bigint => {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[position++] ?? fail("Unexpected end")
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
    return fail("Over-long number")
  }
  const take = (length: number): Uint8Array => {
    if (length > bytes.length - position) fail(`A field of ${length} bytes begins, but the message ends,`)
    position += length
    return bytes.subarray(position - length, position)
  }

  while (position < bytes.length) {
    const key = varint()
    const field = Number(key >> 3n)
    const wire = Number(key & 7n)
    if (field === 0) fail("Field number 0")
    if (wire === 0) yield { field, wire, value: varint() }
    else if (wire === 1) yield { field, wire, value: take(8) }
    else if (wire === 2) yield { field, wire, value: take(Number(varint())) }
    else if (wire === 5) yield { field, wire, value: take(4) }
    else fail(`Unknown wire type ${wire}`)
  }
}
