import { type ByteSource, blobSource, CheckpointError, fileSource } from "@llava/checkpoint"
import { TrainError } from "../train-error.ts"

/** A path, or what a browser's file picker gives. */
export type DataFile = string | Blob

/** What errors call it. */
export function dataFileName(file: DataFile): string {
  if (typeof file === "string") return file
  return "name" in file && typeof file.name === "string" ? file.name : "blob"
}

/** Errors: TrainError "data-missing". */
export async function openDataFile(file: DataFile): Promise<ByteSource> {
  if (typeof file !== "string") return blobSource(file)
  try {
    return await fileSource(file)
  } catch (cause) {
    if (!(cause instanceof CheckpointError) || cause.code !== "file-missing") throw cause
    throw new TrainError(`There is no file ${file}.`, {
      code: "data-missing",
      fix: "Check the path of the data.",
      cause,
    })
  }
}
