import { parseDataUrl } from "@llava/core"
import { ApiError } from "../error/api-error.ts"
import type { ServerLimits } from "../server-limits.ts"
import type { ImageSource } from "./image-source.ts"

export interface ReadImageOptions {
  source: ImageSource
  limits: Pick<ServerLimits, "imageBytes">
  /** The field of the request, for errors. */
  param: string
  signal: AbortSignal
}

/** The bytes of an image as a request names it: a data URL, an http(s) address or the id of a file. Errors: ApiError 400, 404. */
export async function readImage(reference: string, options: ReadImageOptions): Promise<Uint8Array> {
  const { source, limits, param, signal } = options
  const bytes = await find(reference, source, param, signal)
  if (bytes.length <= limits.imageBytes) return bytes
  throw new ApiError(`The image has ${bytes.length} bytes; the limit is ${limits.imageBytes}.`, {
    status: 400,
    code: "image_too_large",
    param,
    fix: "Send a smaller file.",
  })
}

async function find(reference: string, source: ImageSource, param: string, signal: AbortSignal): Promise<Uint8Array> {
  if (/^data:/i.test(reference)) return parseDataUrl(reference).bytes
  if (/^file-[\w-]+$/.test(reference)) return source.file(reference)
  const address = /^https?:\/\//i.test(reference) ? URL.parse(reference) : null
  if (address) return await source.fetch(address, signal)
  throw new ApiError("An image is neither a data URL, nor an http(s) address, nor the id of an uploaded file.", {
    status: 400,
    code: "invalid_image_url",
    param,
    fix: "Write data:image/png;base64,DATA.",
  })
}
