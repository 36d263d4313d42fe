/** Formats that are decoded on every platform; `TIFF` in Node only. */
export type ImageFormat = "JPEG" | "PNG" | "GIF" | "WebP" | "AVIF" | "TIFF"

/** What the first bytes say: a format that is decoded, another one by its name, or nothing known. */
export interface FormatGuess {
  readonly format?: ImageFormat
  /** For people: `"JPEG"`, `"Photoshop document"`. Absent where the bytes are of no known format. */
  readonly name?: string
}

/** `?` stands for any byte. The first match counts. */
const signatures: readonly [signature: string, name: string, format?: ImageFormat][] = [
  ["\xff\xd8\xff", "JPEG", "JPEG"],
  ["\x89PNG\r\n\x1a\n", "PNG", "PNG"],
  ["GIF87a", "GIF", "GIF"],
  ["GIF89a", "GIF", "GIF"],
  ["RIFF????WEBP", "WebP", "WebP"],
  ["II*\0", "TIFF", "TIFF"],
  ["MM\0*", "TIFF", "TIFF"],
  ["II+\0", "TIFF", "TIFF"],
  ["MM\0+", "TIFF", "TIFF"],
  ["BM", "BMP"],
  ["\xff\x0a", "JPEG XL"],
  ["\0\0\0\x0cJXL ", "JPEG XL"],
  ["\0\0\0\x0cjP  ", "JPEG 2000"],
  ["\xff\x4f\xff\x51", "JPEG 2000"],
  ["\0\0\x01\0", "icon (ICO)"],
  ["8BPS", "Photoshop document"],
  ["%PDF", "PDF"],
  ["%!PS", "PostScript"],
  ["v/1\x01", "OpenEXR"],
  ["#?RADIANCE", "Radiance HDR"],
  ["DDS ", "DDS"],
  ["qoif", "QOI"],
  ["RIFF????AVI ", "AVI video"],
  ["\x1a\x45\xdf\xa3", "Matroska or WebM video"],
  ["PK\x03\x04", "zip archive"],
  ["\x1f\x8b", "gzip archive"],
]

/** Recognises a file by its content; names and media types are not trusted. */
export function imageFormat(bytes: Uint8Array): FormatGuess {
  const head = String.fromCharCode(...bytes.subarray(0, 512))
  for (const [signature, name, format] of signatures) {
    if (matches(head, signature)) return format ? { format, name } : { name }
  }
  if (head.startsWith("ftyp", 4)) return isoMedia(head)
  if (/^P[1-7]\s/.test(head)) return { name: "PNM" }
  const text = head
    .replace(/^\xef\xbb\xbf/, "")
    .trimStart()
    .toLowerCase()
  if (text.startsWith("<svg") || (text.startsWith("<?xml") && text.includes("<svg"))) return { name: "SVG" }
  if (text.startsWith("<!doctype html") || text.startsWith("<html")) return { name: "HTML page" }
  if (/^[{[]\s*["{[]/.test(text)) return { name: "JSON text" }
  return {}
}

function matches(head: string, signature: string): boolean {
  if (head.length < signature.length) return false
  for (let i = 0; i < signature.length; i++) {
    if (signature[i] !== "?" && signature[i] !== head[i]) return false
  }
  return true
}

/** AVIF, HEIC and MP4 share a container; the list of brands in its first box tells them apart. */
function isoMedia(head: string): FormatGuess {
  const boxLength = (head.charCodeAt(2) << 8) | head.charCodeAt(3)
  const brands = head.slice(8, Math.max(boxLength, 12))
  if (/avif|avis/.test(brands)) return { format: "AVIF", name: "AVIF" }
  if (/hei[cxms]|hev[cxms]|mif1|msf1/.test(brands)) return { name: "HEIC" }
  return { name: "MP4 video" }
}
