import type { ImageFormat } from "./image-format.ts"

/**
 * The file without its EXIF block, so that a decoder which insists on turning pictures by it leaves them as stored.
 * The pixels are untouched. Formats without such a block, and damaged files, come back as they are.
 */
export function withoutExif(bytes: Uint8Array<ArrayBuffer>, format: ImageFormat): Uint8Array<ArrayBuffer> {
  if (format === "JPEG") return blank(bytes, jpegExif(bytes))
  if (format === "WebP") return blank(bytes, webpExif(bytes))
  if (format === "PNG") return cutPngExif(bytes)
  return bytes
}

/** A copy with four bytes at each position made zero: the name of the block, by which decoders know it. */
function blank(bytes: Uint8Array<ArrayBuffer>, positions: number[]): Uint8Array<ArrayBuffer> {
  if (positions.length === 0) return bytes
  const copy = bytes.slice()
  for (const position of positions) copy.fill(0, position, position + 4)
  return copy
}

function jpegExif(bytes: Uint8Array): number[] {
  const view = viewOf(bytes)
  const found: number[] = []
  // Every segment before the picture is 0xFF, a marker, and its length.
  for (let at = 2; at + 10 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda; ) {
    if (bytes[at + 1] === 0xe1 && textAt(bytes, at + 4) === "Exif") found.push(at + 4)
    at += 2 + view.getUint16(at + 2)
  }
  return found
}

function webpExif(bytes: Uint8Array): number[] {
  const view = viewOf(bytes)
  const found: number[] = []
  for (let at = 12; at + 8 <= bytes.length; ) {
    if (textAt(bytes, at) === "EXIF") found.push(at)
    const length = view.getUint32(at + 4, true)
    at += 8 + length + (length % 2)
  }
  return found
}

function cutPngExif(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const view = viewOf(bytes)
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + view.getUint32(at)
    if (textAt(bytes, at + 4) === "eXIf") {
      const rest = bytes.subarray(end)
      const shorter = new Uint8Array(at + rest.length)
      shorter.set(bytes.subarray(0, at))
      shorter.set(rest, at)
      return shorter
    }
    at = end
  }
  return bytes
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function textAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4))
}
