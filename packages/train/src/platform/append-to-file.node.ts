import { appendFile } from "node:fs/promises"
import { TrainError } from "../train-error.ts"

/** Adds to the end of a file, which is made if it is not there. Errors: TrainError "disk-full". */
export async function appendToFile(path: string, data: string | Uint8Array): Promise<void> {
  try {
    await appendFile(path, data)
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined
    if (code !== "ENOSPC" && code !== "EDQUOT" && code !== "EFBIG") throw cause
    throw new TrainError(`${path} could not be written: the disk (or its quota) is full.`, {
      code: "disk-full",
      fix: "Free some space and start the run again: it goes on from its last checkpoint.",
      cause,
    })
  }
}
