import type { ByteSource } from "../bytes/byte-source.ts"
import { CheckpointError } from "../checkpoint-error.ts"
import { zipInvalid } from "./zip-invalid.ts"

export interface ZipEntry {
  readonly name: string
  readonly size: number
  /** Compressed entries can be listed, not read. */
  readonly compressed: boolean
  /** Of the local header; the data begins after it. */
  readonly headerOffset: number
}

const endRecord = 0x06054b50
const wideLocator = 0x07064b50
const wideEndRecord = 0x06064b50
const entryRecord = 0x02014b50
const largestDirectory = 1 << 27

/**
 * The central directory of a zip archive (APPNOTE 6.3, with zip64). Names, sizes and offsets are checked against the
 * file; an encrypted entry is refused. `torch.save` compresses nothing, TorchScript only its code.
 */
export async function readZipDirectory(source: ByteSource): Promise<Map<string, ZipEntry>> {
  const { begin, size, count, end } = await findDirectory(source)
  const fail = (problem: string) => zipInvalid(source, problem)
  if (begin + size > end) throw fail("the directory runs past its end")
  if (size > largestDirectory || count * 46 > size) throw fail(`a directory of ${count} entries in ${size} bytes`)
  const bytes = await source.read(begin, begin + size)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries = new Map<string, ZipEntry>()
  let at = 0
  for (let i = 0; i < count; i++) {
    if (at + 46 > size || view.getUint32(at, true) !== entryRecord) throw fail(`entry ${i} of the directory is damaged`)
    const nameLength = view.getUint16(at + 28, true)
    const extraLength = view.getUint16(at + 30, true)
    const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true)
    if (next > size) throw fail(`entry ${i} runs past the end of the directory`)
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
    if (view.getUint16(at + 8, true) & 1) throw fail(`${name} is encrypted`)
    const extra = new DataView(bytes.buffer, bytes.byteOffset + at + 46 + nameLength, extraLength)
    const wide = wideFields(extra)
    const entrySize = wide(view.getUint32(at + 24, true))
    const stored = wide(view.getUint32(at + 20, true))
    const headerOffset = wide(view.getUint32(at + 42, true))
    const compressed = view.getUint16(at + 10, true) !== 0
    if (
      entrySize === undefined ||
      stored === undefined ||
      headerOffset === undefined ||
      (!compressed && stored !== entrySize)
    )
      throw fail(`the sizes of ${name} are damaged`)
    if (headerOffset + 30 + nameLength + stored > begin) throw fail(`${name} runs into the directory`)
    if (entries.has(name)) throw fail(`${name} stands twice in the directory`)
    entries.set(name, { name, size: entrySize, compressed, headerOffset })
    at = next
  }
  return entries
}

async function findDirectory(source: ByteSource) {
  const tailBegin = Math.max(0, source.size - 22 - 65535 - 20)
  const tail = await source.read(tailBegin, source.size)
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength)
  let at = tail.length - 22
  while (
    at >= 0 &&
    !(view.getUint32(at, true) === endRecord && at + 22 + view.getUint16(at + 20, true) === tail.length)
  )
    at--
  if (at < 0)
    throw new CheckpointError(`${source.name}: the archive has no directory at its end.`, {
      code: "file-truncated",
      fix: "The file is not complete; download or copy it again.",
    })
  const end = tailBegin + at
  if (at >= 20 && view.getUint32(at - 20, true) === wideLocator) {
    const wideEnd = Number(view.getBigUint64(at - 12, true))
    if (wideEnd + 56 > end) throw zipInvalid(source, "the zip64 end record is damaged")
    const bytes = await source.read(wideEnd, wideEnd + 56)
    const record = new DataView(bytes.buffer, bytes.byteOffset, 56)
    if (record.getUint32(0, true) !== wideEndRecord) throw zipInvalid(source, "the zip64 end record is damaged")
    const [count, size, begin] = [32, 40, 48].map((field) => Number(record.getBigUint64(field, true)))
    return { begin: begin!, size: size!, count: count!, end: wideEnd }
  }
  return {
    begin: view.getUint32(at + 16, true),
    size: view.getUint32(at + 12, true),
    count: view.getUint16(at + 10, true),
    end,
  }
}

/** The zip64 values of an entry stand in its extra field, in order, only those whose 32-bit field is all ones. */
function wideFields(extra: DataView): (value: number) => number | undefined {
  let at = 0
  let end = 0
  for (let field = 0; field + 4 <= extra.byteLength; ) {
    const length = extra.getUint16(field + 2, true)
    if (extra.getUint16(field, true) === 1 && field + 4 + length <= extra.byteLength) {
      at = field + 4
      end = at + length
      break
    }
    field += 4 + length
  }
  return (value) => {
    if (value !== 0xffffffff) return value
    if (at + 8 > end) return undefined
    at += 8
    const wide = Number(extra.getBigUint64(at - 8, true))
    return Number.isSafeInteger(wide) ? wide : undefined
  }
}
