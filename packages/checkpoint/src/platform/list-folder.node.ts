import { readdir } from "node:fs/promises"
import { CheckpointError } from "../checkpoint-error.ts"

/** The names in a folder, sorted; undefined when the path is something else or does not exist. */
export async function listFolder(path: string): Promise<string[] | undefined> {
  try {
    return (await readdir(path)).sort()
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && (cause.code === "ENOTDIR" || cause.code === "ENOENT"))
      return undefined
    throw new CheckpointError(`${path} could not be listed: ${cause instanceof Error ? cause.message : cause}.`, {
      code: "file-unreadable",
      cause,
    })
  }
}
