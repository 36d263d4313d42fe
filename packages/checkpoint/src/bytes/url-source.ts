import { CheckpointError } from "../checkpoint-error.ts"
import { blobSource } from "./blob-source.ts"
import type { ByteSource } from "./byte-source.ts"
import { type HttpSourceOptions, httpSource } from "./http-source.ts"

/**
 * A file at an address: read by ranges where the server serves them (`httpSource`), else fetched whole into a blob,
 * which browsers keep on disk. Throws `CheckpointError` "file-missing", "http-failed" and what `httpSource` throws.
 */
export async function urlSource(url: string | URL, options: HttpSourceOptions = {}): Promise<ByteSource> {
  const { headers, signal, fetch: request = fetch } = options
  const address = String(url)
  const asked = { headers: { ...headers, range: "bytes=0-0" }, ...(signal && { signal }) }
  let response: Response
  try {
    response = await request(address, asked)
    if (response.status === 200) return blobSource(await response.blob(), address)
    await response.body?.cancel()
  } catch (cause) {
    signal?.throwIfAborted()
    if (cause instanceof Error && !(cause instanceof TypeError)) throw cause
    throw new CheckpointError(`${address} could not be reached: ${String(cause)}.`, { code: "http-failed", cause })
  }
  if (response.status === 404) {
    throw new CheckpointError(`There is no file at ${address}.`, { code: "file-missing", fix: "Check the address." })
  }
  return httpSource(address, options)
}
