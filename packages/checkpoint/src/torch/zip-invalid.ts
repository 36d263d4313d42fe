import type { ByteSource } from "../bytes/byte-source.ts"
import { CheckpointError } from "../checkpoint-error.ts"

/** The error for an archive whose records contradict each other or the file. */
export function zipInvalid(source: ByteSource, problem: string): CheckpointError {
  return new CheckpointError(`${source.name}: not a readable zip archive: ${problem}.`, {
    code: "zip-invalid",
    fix: "The file is damaged; get it again.",
  })
}
