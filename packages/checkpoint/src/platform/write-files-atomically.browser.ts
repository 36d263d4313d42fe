import type { WritableFile } from "../bytes/writable-file.ts"
import { CheckpointError } from "../checkpoint-error.ts"

export interface FileToWrite {
  path: string
  write(file: WritableFile): Promise<void>
}

/** Browsers have no paths: throws `CheckpointError` "no-file-system". */
export async function writeFilesAtomically(files: Iterable<FileToWrite>): Promise<void> {
  const path = [...files][0]?.path ?? "a file"
  throw new CheckpointError(`${path} cannot be written: a browser has no file paths.`, {
    code: "no-file-system",
    fix: "Write from Node.",
  })
}
