import { rm } from "node:fs/promises"
import { CheckpointError } from "../checkpoint-error.ts"

/** Removes a file; it may already be gone. */
export async function removeFile(path: string): Promise<void> {
  try {
    await rm(path, { force: true })
  } catch (cause) {
    throw new CheckpointError(`${path} could not be removed: ${cause instanceof Error ? cause.message : cause}.`, {
      code: "file-not-writable",
      cause,
    })
  }
}
