import { DatasetError } from "@llava/core"
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
  let at = 0
  const packed = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const end = Math.min(at + PIECE, source.size)
      controller.enqueue(Uint8Array.from(await source.read(at, end)))
      at = end
      if (at === source.size) controller.close()
    },
  })
  const unpacked: Uint8Array<ArrayBuffer>[] = []
  try {
    const bytes = packed.pipeThrough(new DecompressionStream("gzip"), signal && { signal })
    for await (const piece of bytes) unpacked.push(piece)
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
