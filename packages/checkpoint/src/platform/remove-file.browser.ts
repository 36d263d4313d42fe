import { CheckpointError } from "../checkpoint-error.ts"

/** Browsers have no paths: throws `CheckpointError` "no-file-system". */
export async function removeFile(path: string): Promise<void> {
  throw new CheckpointError(`${path} cannot be removed: a browser has no file paths.`, { code: "no-file-system" })
}
