import { pipeline, Readable } from "node:stream"
import { createGunzip } from "node:zlib"

/** What is packed with gzip, in one piece or in several, one after another. Errors: what is wrong with it. */
export function unpackGzip(packed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  // Errors come to whoever reads.
  return pipeline(Readable.from(packed), createGunzip(), () => undefined)
}
