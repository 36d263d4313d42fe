import { z } from "zod"
import type { ByteSource } from "../bytes/byte-source.ts"
import { CheckpointError } from "../checkpoint-error.ts"
import { isStoredDType } from "../dtype/is-stored-dtype.ts"
import { tensorByteLength } from "../dtype/tensor-byte-length.ts"
import type { StoredDType } from "../stored-tensor.ts"
import { findDuplicateKey } from "./find-duplicate-key.ts"

/** The limit of the reference implementation. */
const largestHeader = 100_000_000

const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(z.int().min(0)),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
})
const metadataSchema = z.record(z.string(), z.string())

export interface SafetensorsEntry {
  name: string
  dtype: StoredDType
  shape: readonly number[]
  byteLength: number
  /** From the start of the file. */
  offset: number
}

export interface SafetensorsHeader {
  entries: SafetensorsEntry[]
  metadata: Record<string, string>
}

/**
 * Reads and checks the header of a safetensors file: 8 bytes of length, that many bytes of JSON, then the data, which
 * the tensors must cover exactly, without gaps or overlaps (https://github.com/huggingface/safetensors#format).
 */
export async function readSafetensorsHeader(source: ByteSource): Promise<SafetensorsHeader> {
  const fail = (problem: string, code = "safetensors-invalid", fix = "The file is damaged; get it again.") =>
    new CheckpointError(`${source.name}: ${problem}.`, { code, fix })

  if (source.size < 8) throw fail(`a safetensors file has at least 8 bytes, this one ${source.size}`, "file-truncated")
  const start = await source.read(0, 8)
  const length = new DataView(start.buffer, start.byteOffset, 8).getBigUint64(0, true)
  if (length > largestHeader)
    throw fail(`the header is said to be ${length} bytes long; the limit is ${largestHeader}`, "header-too-large")
  const dataBegin = 8 + Number(length)
  if (dataBegin > source.size)
    throw fail(`the header is said to end at byte ${dataBegin}, the file ends at ${source.size}`, "file-truncated")

  const entries: SafetensorsEntry[] = []
  let metadata: Record<string, string> = {}
  for (const [name, value] of Object.entries(parseHeader(await source.read(8, dataBegin), fail))) {
    if (name === "__metadata__") {
      const parsed = metadataSchema.safeParse(value)
      if (!parsed.success) throw fail("__metadata__ must map strings to strings")
      metadata = parsed.data
      continue
    }
    const parsed = entrySchema.safeParse(value)
    if (!parsed.success) throw fail(`tensor ${name}: ${z.prettifyError(parsed.error).replaceAll("\n", " ")}`)
    const { dtype, shape, data_offsets: offsets } = parsed.data
    if (!isStoredDType(dtype, "plain"))
      throw fail(`tensor ${name} has the element type ${dtype}`, "tensor-type-unsupported", "It cannot be read here.")
    const byteLength = tensorByteLength(dtype, shape)
    if (byteLength === undefined || byteLength !== offsets[1] - offsets[0])
      throw fail(
        `tensor ${name}: ${dtype} [${shape}] is ${byteLength ?? "too many"} bytes, its offsets [${offsets}] say otherwise`,
      )
    entries.push({ name, dtype, shape, byteLength, offset: dataBegin + offsets[0] })
  }
  checkCover(entries, dataBegin, source.size, fail)
  return { entries, metadata }
}

type Fail = (problem: string, code?: string, fix?: string) => CheckpointError

function parseHeader(bytes: Uint8Array, fail: Fail): object {
  let header: unknown
  let text: string
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes)
    header = JSON.parse(text)
  } catch (cause) {
    throw fail(`the header is not JSON (${cause instanceof Error ? cause.message : cause})`)
  }
  if (typeof header !== "object" || header === null || Array.isArray(header))
    throw fail("the header is not a JSON object")
  const twice = findDuplicateKey(text)
  if (twice !== undefined) throw fail(`${twice} stands twice in the header`)
  return header
}

/** The data must be covered exactly: nothing may hide between tensors, and no two may share bytes. */
function checkCover(entries: SafetensorsEntry[], dataBegin: number, size: number, fail: Fail): void {
  const inOrder = entries.toSorted((a, b) => a.offset - b.offset || a.byteLength - b.byteLength)
  let end = dataBegin
  for (const { name, offset, byteLength } of inOrder) {
    if (offset + byteLength > size)
      throw fail(`tensor ${name} ends at byte ${offset + byteLength}, the file ends at ${size}`, "file-truncated")
    if (offset < end) throw fail(`tensor ${name} begins at byte ${offset}, inside the tensor before it`)
    if (offset > end) throw fail(`${offset - end} bytes before tensor ${name} belong to no tensor`)
    end = offset + byteLength
  }
  if (end !== size) throw fail(`${size - end} bytes after the last tensor belong to no tensor`)
}
