import type { ByteSource } from "../bytes/byte-source.ts"
import { CheckpointError } from "../checkpoint-error.ts"

/** Browsers have no paths: throws `CheckpointError` "no-file-system". */
export async function fileSource(path: string): Promise<ByteSource> {
  throw new CheckpointError(`${path} cannot be opened: a browser has no file paths.`, {
    code: "no-file-system",
    fix: "Use blobSource (a picked file) or httpSource (an address).",
  })
}
