import type { ByteSource } from "@llava/checkpoint"
import { DatasetError } from "@llava/core"
import { unpackGzip } from "#platform/unpack-gzip"
import { type DataFile, openDataFile } from "./data-file.ts"

/** Read at a time. */
const PIECE = 4 << 20

/**
 * A file packed with gzip (whatever its name) as what is in it, held in memory: samples are looked up in any order, which
 * packed files do not allow. Others are given back as they are. Errors: TrainError "data-missing"; DatasetError
 * "file-invalid" for one that is damaged or cut off.
 */
export async function unpackDataFile(file: DataFile, signal?: AbortSignal): Promise<DataFile> {
  await using source = await openDataFile(file)
  const magic = source.size < 2 ? undefined : await source.read(0, 2)
  if (magic?.[0] !== 0x1f || magic[1] !== 0x8b) return file
  const unpacked: Uint8Array<ArrayBuffer>[] = []
  try {
    for await (const piece of unpackGzip(pieces(source, signal))) unpacked.push(Uint8Array.from(piece))
  } catch (cause) {
    signal?.throwIfAborted()
    throw new DatasetError(`The file cannot be unpacked: ${cause instanceof Error ? cause.message : cause}.`, {
      code: "file-invalid",
      file: source.name,
      fix: "It may be cut off; fetch it again.",
      cause,
    })
  }
  return new File(unpacked, source.name)
}

async function* pieces(source: ByteSource, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < source.size; at += PIECE) {
    signal?.throwIfAborted()
    yield await source.read(at, Math.min(at + PIECE, source.size))
  }
}
