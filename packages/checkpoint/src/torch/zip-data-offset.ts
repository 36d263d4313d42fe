import type { ByteSource } from "../bytes/byte-source.ts"
import { CheckpointError } from "../checkpoint-error.ts"
import type { ZipEntry } from "./read-zip-directory.ts"
import { zipInvalid } from "./zip-invalid.ts"

/** Where the data of an uncompressed entry begins: its local header has a name and padding of its own. */
export async function zipDataOffset(source: ByteSource, entry: ZipEntry): Promise<number> {
  if (entry.compressed)
    throw new CheckpointError(`${source.name}: ${entry.name} is compressed.`, {
      code: "zip-compressed",
      fix: "Load it in PyTorch and write it anew with torch.save, which does not compress.",
    })
  const bytes = await source.read(entry.headerOffset, entry.headerOffset + 30)
  const view = new DataView(bytes.buffer, bytes.byteOffset, 30)
  const offset = entry.headerOffset + 30 + view.getUint16(26, true) + view.getUint16(28, true)
  if (view.getUint32(0, true) !== 0x04034b50 || offset + entry.size > source.size)
    throw zipInvalid(source, `the header of ${entry.name} is damaged`)
  return offset
}
