import { crc32c } from "@aws-crypto/crc32c"

/** Added to a rotated checksum, so that checksums of data that holds checksums stay good (TFRecord). */
const MASK = 0xa282ead8

/** A record of a TFRecord file: length, its checksum, data, its checksum. */
export function frameRecord(data: Uint8Array): Uint8Array {
  const record = new Uint8Array(16 + data.length)
  const view = new DataView(record.buffer)
  view.setBigUint64(0, BigInt(data.length), true)
  view.setUint32(8, maskedChecksum(record.subarray(0, 8)), true)
  record.set(data, 12)
  view.setUint32(12 + data.length, maskedChecksum(data), true)
  return record
}

/** CRC-32C (Castagnoli), rotated right by 15 bits, plus a constant. */
export function maskedChecksum(data: Uint8Array): number {
  const checksum = crc32c(data)
  return (((checksum >>> 15) | (checksum << 17)) + MASK) >>> 0
}
