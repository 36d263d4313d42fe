import { CheckpointError } from "../checkpoint-error.ts"

/** Browsers have no paths: throws `CheckpointError` "no-file-system". */
export async function listFolder(path: string): Promise<string[] | undefined> {
  throw new CheckpointError(`${path} cannot be listed: a browser has no file paths.`, {
    code: "no-file-system",
    fix: "Use openCheckpointSource with blobSource (a picked file) or httpSource (an address).",
  })
}
