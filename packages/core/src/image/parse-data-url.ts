import { ImageError } from "./image-error.ts"
import type { NamedBytes } from "./read-image-bytes.ts"

/**
 * The bytes of a `data:` URL, base64 or percent-encoded. Its media type is only used for the name: formats are
 * recognised by content.
 * @throws {ImageError} `image-invalid`
 */
export function parseDataUrl(address: string): NamedBytes {
  const comma = address.indexOf(",")
  const [mediaType, ...parameters] = address.slice("data:".length, comma === -1 ? 0 : comma).split(";")
  const name = `the data:${mediaType ?? ""} URL`
  if (comma === -1) {
    throw new ImageError(`${name} has no comma before its data.`, {
      code: "image-invalid",
      fix: "Write data:image/png;base64,DATA.",
    })
  }
  try {
    const text = decodeURIComponent(address.slice(comma + 1).replace(/%(?![0-9a-f]{2})/gi, "%25"))
    const isBase64 = parameters.some((parameter) => parameter.trim().toLowerCase() === "base64")
    if (!isBase64) return { bytes: new TextEncoder().encode(text), name }
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"))
    const bytes = new Uint8Array(binary.length)
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
    return { bytes, name }
  } catch (cause) {
    throw new ImageError(`${name} does not hold valid base64.`, {
      code: "image-invalid",
      fix: "Encode the bytes of the picture with base64.",
      cause,
    })
  }
}
