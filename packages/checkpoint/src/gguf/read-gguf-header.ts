import type { ByteSource } from "../bytes/byte-source.ts"
import { readPrefix } from "../bytes/read-prefix.ts"
import { CheckpointError } from "../checkpoint-error.ts"
import { tensorByteLength } from "../dtype/tensor-byte-length.ts"
import type { StoredDType } from "../stored-tensor.ts"
import { GgufCursor } from "./gguf-cursor.ts"
import { GgufProblem } from "./gguf-problem.ts"
import { ggufTensorType } from "./gguf-tensor-types.ts"
import { readGgufValue } from "./read-gguf-value.ts"

const largestHeader = 1 << 29
const mostDimensions = 8

export interface GgufEntry {
  name: string
  dtype: StoredDType
  shape: readonly number[]
  byteLength: number
  /** From the start of the file. */
  offset: number
}

export interface GgufHeader {
  metadata: Record<string, unknown>
  entries: GgufEntry[]
}

/**
 * Reads and checks everything before the tensor data of a GGUF file, version 2 or 3
 * (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md).
 */
export async function readGgufHeader(source: ByteSource): Promise<GgufHeader> {
  try {
    return await readPrefix(source, (bytes) => parse(new GgufCursor(bytes, source.size), source.size), {
      limit: largestHeader,
      what: "GGUF header",
    })
  } catch (error) {
    if (!(error instanceof GgufProblem)) throw error
    throw new CheckpointError(`${source.name}: ${error.message}.`, {
      code: error.code,
      fix: fixes[error.code] ?? damaged,
    })
  }
}

const damaged = "The file is damaged; get it again."
const fixes: Readonly<Record<string, string>> = {
  "file-truncated": "The file is not complete; download or copy it again.",
  "tensor-type-unsupported": "Use another quantisation of the model, for example Q4_K_M or Q8_0.",
  "gguf-version": "Convert the model anew with a current llama.cpp.",
  "big-endian": "Convert the model anew on a little-endian machine.",
}

function parse(cursor: GgufCursor, fileSize: number): GgufHeader {
  if (cursor.uint32() !== 0x46554747) throw new GgufProblem("it does not begin with GGUF")
  const version = cursor.uint32()
  if (version !== 0 && (version & 0xffff) === 0) throw new GgufProblem("its numbers are big-endian", "big-endian")
  if (version !== 2 && version !== 3) throw new GgufProblem(`GGUF version ${version} is not read`, "gguf-version")
  const tensorCount = cursor.count("tensors", 24)
  const valueCount = cursor.count("metadata values", 13)

  const metadata = new Map<string, unknown>()
  for (let i = 0; i < valueCount; i++) {
    const key = cursor.string()
    if (metadata.has(key)) throw new GgufProblem(`${key} stands twice in the metadata`)
    metadata.set(key, readGgufValue(cursor))
  }
  const alignment = metadata.get("general.alignment") ?? 32
  if (typeof alignment !== "number" || alignment < 1 || !Number.isInteger(Math.log2(alignment)))
    throw new GgufProblem(`general.alignment is ${alignment}, not a power of two`)

  const entries = new Map<string, GgufEntry>()
  for (let i = 0; i < tensorCount; i++) {
    const entry = parseEntry(cursor)
    if (entries.has(entry.name)) throw new GgufProblem(`tensor ${entry.name} is described twice`)
    if (entry.offset % alignment !== 0)
      throw new GgufProblem(`tensor ${entry.name} is not aligned to ${alignment} bytes`)
    entries.set(entry.name, entry)
  }
  const dataBegin = Math.ceil(cursor.at / alignment) * alignment
  for (const entry of entries.values()) entry.offset += dataBegin
  checkPlaces([...entries.values()], fileSize)
  return { metadata: Object.fromEntries(metadata), entries: [...entries.values()] }
}

function parseEntry(cursor: GgufCursor): GgufEntry {
  const name = cursor.string()
  const dimensions = cursor.uint32()
  if (dimensions > mostDimensions) throw new GgufProblem(`tensor ${name} has ${dimensions} dimensions`)
  // GGUF lists the innermost dimension first.
  const shape = Array.from({ length: dimensions }, () => Number(cursor.uint64())).reverse()
  const typeId = cursor.uint32()
  const type = ggufTensorType(typeId)
  if (!type?.stored)
    throw new GgufProblem(`tensor ${name} has the element type ${type?.name ?? typeId}`, "tensor-type-unsupported")
  const byteLength = tensorByteLength(type.stored, shape)
  if (byteLength === undefined) throw new GgufProblem(`tensor ${name} cannot be ${type.name} of shape [${shape}]`)
  const offset = Number(cursor.uint64())
  if (!Number.isSafeInteger(offset)) throw new GgufProblem(`tensor ${name} begins at ${offset}`)
  return { name, dtype: type.stored, shape, byteLength, offset }
}

function checkPlaces(entries: readonly GgufEntry[], fileSize: number): void {
  let end = 0
  let before = ""
  for (const { name, offset, byteLength } of entries.toSorted((a, b) => a.offset - b.offset)) {
    if (offset + byteLength > fileSize)
      throw new GgufProblem(
        `tensor ${name} ends at byte ${offset + byteLength}, the file ends at ${fileSize}`,
        "file-truncated",
      )
    if (offset < end) throw new GgufProblem(`tensors ${before} and ${name} share bytes`)
    end = offset + byteLength
    before = name
  }
}
