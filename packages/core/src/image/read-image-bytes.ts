import { readImageFile } from "#platform/read-image-file"
import { downloadImage } from "./download-image.ts"
import { ImageError } from "./image-error.ts"
import type { ImageInput, RgbImage } from "./image-types.ts"
import { parseDataUrl } from "./parse-data-url.ts"
import { tooManyBytes } from "./too-many-bytes.ts"

export interface ReadImageOptions {
  readonly maxBytes: number
  readonly signal: AbortSignal | undefined
}

/** The bytes behind an input, and what to call it in an error. */
export interface NamedBytes {
  readonly bytes: Uint8Array
  readonly name: string
}

/**
 * Reads a file, a `data:`, `http:`, `https:`, `blob:` or `file:` URL, a Blob, or bytes.
 * @throws {ImageError} `image-not-found`, `image-unreadable`, `image-fetch-failed`, `image-too-large`, `image-invalid`
 */
export async function readImageBytes(
  input: Exclude<ImageInput, RgbImage>,
  options: ReadImageOptions,
): Promise<NamedBytes> {
  if (input instanceof Uint8Array) return { bytes: input, name: "the image" }
  if (input instanceof ArrayBuffer) return { bytes: new Uint8Array(input), name: "the image" }
  if (input instanceof Blob) {
    const name = "name" in input && typeof input.name === "string" && input.name !== "" ? input.name : "the image"
    if (input.size > options.maxBytes) throw tooManyBytes(name, input.size, options.maxBytes)
    return { bytes: new Uint8Array(await input.arrayBuffer()), name }
  }
  if (typeof input !== "string" && !(input instanceof URL)) {
    throw new ImageError(`An image was given as ${input === null ? "null" : typeof input}.`, {
      code: "image-invalid",
      fix: "Give a path, a URL, a Blob, bytes, or { width, height, data }.",
    })
  }
  const address = String(input)
  const scheme = /^(data|https?|blob|file):/i.exec(address)?.[1]?.toLowerCase()
  if (scheme === "data") return parseDataUrl(address)
  if (scheme === "http" || scheme === "https" || scheme === "blob") return downloadImage(parseAddress(address), options)
  if (input instanceof URL && scheme !== "file") {
    throw new ImageError(`Images are not read from ${input.protocol} addresses (${address}).`, {
      code: "image-unsupported",
      fix: "Use a data:, http:, https:, blob: or file: address.",
    })
  }
  const bytes = await readImageFile(
    scheme === "file" ? parseAddress(address) : address,
    (size) => {
      if (size > options.maxBytes) throw tooManyBytes(address, size, options.maxBytes)
    },
    options.signal,
  )
  return { bytes, name: address }
}

function parseAddress(text: string): URL {
  const address = URL.parse(text)
  if (address) return address
  throw new ImageError(`${text} is no valid address.`, {
    code: "image-invalid",
    fix: "Check its spelling, or give the path of a file.",
  })
}
