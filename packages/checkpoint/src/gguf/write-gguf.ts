import { writeFilesAtomically } from "#platform/write-files-atomically"
import { CheckpointError } from "../checkpoint-error.ts"
import { tensorByteLength } from "../dtype/tensor-byte-length.ts"
import type { TensorToWrite } from "../tensor-to-write.ts"
import { writeTensorData } from "../write-tensor-data.ts"
import { appendGgufValue, type GgufMetadataValue } from "./append-gguf-value.ts"
import { ByteBuilder } from "./byte-builder.ts"
import { ggufTensorTypeId } from "./gguf-tensor-types.ts"

export interface GgufToWrite {
  /** In this order. `general.alignment` (default 32) is obeyed. */
  metadata: Readonly<Record<string, GgufMetadataValue>>
  tensors: Iterable<TensorToWrite> | AsyncIterable<TensorToWrite>
  signal?: AbortSignal
}

/**
 * Writes a GGUF file, version 3: shapes in PyTorch's order come in, GGUF's order goes out. The file appears whole or not
 * at all (see `writeFilesAtomically`); tensors are streamed as `writeSafetensors` does.
 *
 * Throws `CheckpointError` "disk-full", "folder-missing", "file-not-writable", "tensor-size-mismatch",
 * "tensor-duplicate", "tensor-type-unsupported", "shape-invalid", "metadata-invalid".
 */
export async function writeGguf(path: string, { metadata, tensors, signal }: GgufToWrite): Promise<void> {
  const gathered: TensorToWrite[] = []
  for await (const tensor of tensors) gathered.push(tensor)
  const alignment = Number(plainNumber(metadata["general.alignment"]) ?? 32)
  if (!(alignment >= 8 && Number.isInteger(Math.log2(alignment))))
    throw new CheckpointError(`${path}: general.alignment must be a power of two from 8 on.`, {
      code: "metadata-invalid",
    })

  const { header, lengths } = buildHeader(path, metadata, gathered, alignment)
  const padding = new Uint8Array(alignment)
  await writeFilesAtomically([
    {
      path,
      async write(file) {
        await file.write(header)
        for (const [i, tensor] of gathered.entries()) {
          signal?.throwIfAborted()
          await writeTensorData(file, tensor, lengths[i]!, signal)
          await file.write(padding.subarray(0, paddingAfter(lengths[i]!, alignment)))
        }
      },
    },
  ])
}

function buildHeader(
  path: string,
  metadata: Readonly<Record<string, GgufMetadataValue>>,
  tensors: readonly TensorToWrite[],
  alignment: number,
): { header: Uint8Array; lengths: number[] } {
  const builder = new ByteBuilder()
  const keys = Object.keys(metadata)
  builder.uint32(0x46554747).uint32(3).uint64(tensors.length).uint64(keys.length)
  for (const key of keys) appendGgufValue(builder.string(key), key, metadata[key]!)

  const lengths: number[] = []
  const names = new Set<string>()
  let offset = 0
  for (const { name, dtype, shape } of tensors) {
    if (names.has(name))
      throw new CheckpointError(`${path}: two tensors are named ${name}.`, { code: "tensor-duplicate" })
    names.add(name)
    const type = ggufTensorTypeId(dtype)
    if (type === undefined)
      throw new CheckpointError(`${path}: tensor ${name} is ${dtype}, which GGUF does not know.`, {
        code: "tensor-type-unsupported",
      })
    const byteLength = tensorByteLength(dtype, shape)
    if (byteLength === undefined)
      throw new CheckpointError(`${path}: tensor ${name} cannot be ${dtype} of shape [${shape}].`, {
        code: "shape-invalid",
        fix: "Rows of block formats are whole numbers of blocks.",
      })
    builder.string(name).uint32(shape.length)
    for (const dimension of shape.toReversed()) builder.uint64(dimension)
    builder.uint32(type).uint64(offset)
    lengths.push(byteLength)
    offset += byteLength + paddingAfter(byteLength, alignment)
  }
  return { header: builder.padTo(alignment).finish(), lengths }
}

function paddingAfter(length: number, alignment: number): number {
  return (alignment - (length % alignment)) % alignment
}

function plainNumber(value: GgufMetadataValue | undefined): unknown {
  return typeof value === "object" && "value" in value ? value.value : value
}
