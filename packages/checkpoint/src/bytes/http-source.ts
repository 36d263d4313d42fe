import { CheckpointError } from "../checkpoint-error.ts"
import type { ByteSource } from "./byte-source.ts"
import { checkRange } from "./check-range.ts"

export interface HttpSourceOptions {
  /** Sent with every request, for example `authorization`. */
  headers?: Record<string, string>
  signal?: AbortSignal
  /** In place of the global `fetch`. */
  fetch?: typeof fetch
}

/**
 * A file on an HTTP server as a source, read by `Range` requests (RFC 9110 section 14). One request learns the size.
 * Throws `CheckpointError` "http-failed" when the server refuses, "http-no-ranges" when it can only send whole files
 * (then download the file first), "file-changed" when its `ETag` is another one during reading.
 */
export async function httpSource(url: string | URL, options: HttpSourceOptions = {}): Promise<ByteSource> {
  const address = String(url)
  const request = options.fetch ?? fetch

  async function get(begin: number, end: number): Promise<{ bytes: Uint8Array; size: number; etag: string | null }> {
    const headers = { ...options.headers, range: `bytes=${begin}-${end - 1}` }
    let response: Response
    try {
      response = await request(address, { headers, ...(options.signal ? { signal: options.signal } : {}) })
    } catch (cause) {
      options.signal?.throwIfAborted()
      throw new CheckpointError(`${address} could not be reached: ${String(cause)}.`, { code: "http-failed", cause })
    }
    const total = /^bytes \d+-\d+\/(\d+)$/.exec(response.headers.get("content-range") ?? "")
    if (response.status !== 206 || !total) {
      await response.body?.cancel()
      if (response.ok)
        throw new CheckpointError(`${address}: the server does not serve ranges of bytes.`, {
          code: "http-no-ranges",
          fix: "Download the file and open it from there.",
        })
      throw new CheckpointError(`${address}: the server answered ${response.status} ${response.statusText}.`, {
        code: "http-failed",
      })
    }
    return {
      bytes: await readBody(response, end - begin, address),
      size: Number(total[1]),
      etag: response.headers.get("etag"),
    }
  }

  const first = await get(0, 1)
  return {
    name: address,
    size: first.size,
    async read(begin, end) {
      checkRange(address, first.size, begin, end)
      if (begin === end) return new Uint8Array(0)
      const { bytes, size, etag } = await get(begin, end)
      if (size !== first.size || etag !== first.etag)
        throw new CheckpointError(`${address} changed while it was read.`, {
          code: "file-changed",
          fix: "Start again.",
        })
      return bytes
    },
    async [Symbol.asyncDispose]() {},
  }
}

/** The body, refused as soon as it is longer than asked for and at its end when shorter. */
async function readBody(response: Response, length: number, address: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  let filled = 0
  for await (const chunk of response.body ?? []) {
    if (filled + chunk.byteLength > length)
      throw new CheckpointError(`${address}: the server sent more than the ${length} bytes asked for.`, {
        code: "http-failed",
      })
    bytes.set(chunk, filled)
    filled += chunk.byteLength
  }
  if (filled < length)
    throw new CheckpointError(`${address}: the server sent ${filled} of the ${length} bytes asked for.`, {
      code: "file-truncated",
      fix: "Check the connection and try again.",
    })
  return bytes
}
