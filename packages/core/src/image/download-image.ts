import { ImageError } from "./image-error.ts"
import type { NamedBytes, ReadImageOptions } from "./read-image-bytes.ts"
import { tooManyBytes } from "./too-many-bytes.ts"

/**
 * Downloads a picture, at most `maxBytes` of it.
 * @throws {ImageError} `image-fetch-failed`, `image-too-large`; the reason of `signal` when it aborts
 */
export async function downloadImage(address: URL, { maxBytes, signal }: ReadImageOptions): Promise<NamedBytes> {
  // Queries and credentials may hold secrets: they stay out of messages.
  const name = address.protocol === "blob:" ? "the blob: URL" : `${address.origin}${address.pathname}`
  try {
    const response = await fetch(address, signal ? { signal } : {})
    if (!response.ok || !response.body) {
      await response.body?.cancel()
      throw failed(name, `the server answered ${response.status} ${response.statusText}`.trimEnd())
    }
    return { bytes: await readAtMost(response.body, name, maxBytes), name }
  } catch (cause) {
    signal?.throwIfAborted()
    if (cause instanceof ImageError) throw cause
    throw failed(name, rootMessage(cause), cause)
  }
}

async function readAtMost(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  name: string,
  maxBytes: number,
): Promise<Uint8Array> {
  const reader = body.getReader()
  const pieces: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.length
    if (size > maxBytes) {
      await reader.cancel()
      throw tooManyBytes(name, size, maxBytes)
    }
    pieces.push(value)
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer())
}

/** `fetch` says "fetch failed" and hides the reason (no such host, refused) in its cause. */
function rootMessage(error: unknown): string {
  let innermost = error
  while (innermost instanceof Error && innermost.cause instanceof Error) innermost = innermost.cause
  return innermost instanceof Error ? innermost.message : String(innermost)
}

function failed(name: string, why: string, cause?: unknown): ImageError {
  return new ImageError(`${name} cannot be downloaded: ${why}.`, {
    code: "image-fetch-failed",
    fix: "Check the address and the connection, or download the picture and give its path.",
    cause,
  })
}
