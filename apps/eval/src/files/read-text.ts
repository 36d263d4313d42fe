import { readFile } from "node:fs/promises"
import { promisify } from "node:util"
import { gunzip } from "node:zlib"
import { EvaluationError } from "@llava/eval"
import { readSpreadsheet } from "./read-spreadsheet.ts"

/** A text file, unpacked where it is gzip (told by its bytes, not by its name); the first sheet of a spreadsheet as JSON. */
export async function readText(path: string): Promise<string> {
  const bytes = await readBytes(path)
  if (bytes.subarray(0, 4).toString("latin1") === "PK\u0003\u0004") return readSpreadsheet(bytes, path)
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  try {
    return (isGzip ? await promisify(gunzip)(bytes) : bytes).toString("utf8")
  } catch (cause) {
    throw new EvaluationError("The gzip file cannot be unpacked.", {
      code: "file-invalid",
      file: path,
      fix: "It may be cut off; fetch it again.",
      cause,
    })
  }
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    const what =
      code === "ENOENT"
        ? "There is no such file."
        : code === "EISDIR"
          ? "This is a folder."
          : `It cannot be read (${code}).`
    throw new EvaluationError(what, { code: "file-unreadable", file: path, fix: "Check the path.", cause })
  }
}
