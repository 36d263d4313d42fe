import { CheckpointError } from "../checkpoint-error.ts"
import { blockLayout } from "../dtype/block-layout.ts"
import { tensorByteLength } from "../dtype/tensor-byte-length.ts"
import type { TensorToWrite } from "../tensor-to-write.ts"

interface SizedTensor {
  tensor: TensorToWrite
  byteLength: number
}

export interface SafetensorsPlan {
  /** `tensors` in the order in which their data stands in the file. */
  shards: { fileName: string; header: Uint8Array; tensors: SizedTensor[] }[]
  /** Text of the index file, where there is more than one shard. */
  index: string | undefined
  totalBytes: number
}

/**
 * Decides which tensor goes where. Shards are filled in the given order, a tensor larger than the limit gets one of its
 * own, as `split_torch_state_dict_into_shards` of huggingface_hub does. Within a file wide elements come first, so that
 * every tensor starts on a multiple of its element size; the header is padded with spaces to 8 bytes.
 */
export function planSafetensors(
  tensors: readonly TensorToWrite[],
  { stem, metadata, maxShardBytes }: { stem: string; metadata: Record<string, string>; maxShardBytes: number },
): SafetensorsPlan {
  const groups: SizedTensor[][] = []
  let open: SizedTensor[] = []
  let openBytes = 0
  let totalBytes = 0
  for (const tensor of tensors) {
    const byteLength = tensorByteLength(tensor.dtype, tensor.shape)
    if (byteLength === undefined)
      throw new CheckpointError(`Tensor ${tensor.name}: [${tensor.shape}] is not a shape.`, { code: "shape-invalid" })
    totalBytes += byteLength
    if (byteLength > maxShardBytes) {
      groups.push([{ tensor, byteLength }])
      continue
    }
    if (openBytes + byteLength > maxShardBytes) {
      groups.push(open)
      open = []
      openBytes = 0
    }
    open.push({ tensor, byteLength })
    openBytes += byteLength
  }
  if (open.length > 0 || groups.length === 0) groups.push(open)

  const shards = groups.map((group, i) => {
    const order = group.toSorted((a, b) => blockLayout(b.tensor.dtype).bytes - blockLayout(a.tensor.dtype).bytes)
    return { fileName: shardName(stem, i, groups.length), header: encodeHeader(order, metadata), tensors: order }
  })
  return { shards, index: shards.length > 1 ? encodeIndex(shards, totalBytes) : undefined, totalBytes }
}

function shardName(stem: string, index: number, count: number): string {
  if (count === 1) return `${stem}.safetensors`
  const pad = (value: number) => String(value).padStart(5, "0")
  return `${stem}-${pad(index + 1)}-of-${pad(count)}.safetensors`
}

function encodeHeader(tensors: readonly SizedTensor[], metadata: Record<string, string>): Uint8Array {
  let offset = 0
  const entries: [string, unknown][] = [["__metadata__", metadata]]
  for (const { tensor, byteLength } of tensors) {
    const { name, dtype, shape } = tensor
    entries.push([name, { dtype, shape, data_offsets: [offset, offset + byteLength] }])
    offset += byteLength
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)))
  const padded = Math.ceil(json.length / 8) * 8
  const header = new Uint8Array(8 + padded).fill(0x20)
  new DataView(header.buffer).setBigUint64(0, BigInt(padded), true)
  header.set(json, 8)
  return header
}

function encodeIndex(shards: SafetensorsPlan["shards"], totalBytes: number): string {
  const places = shards.flatMap(({ fileName, tensors }) =>
    tensors.map(({ tensor }) => [tensor.name, fileName] as const),
  )
  places.sort(([a], [b]) => (a < b ? -1 : 1))
  return `${JSON.stringify({ metadata: { total_size: totalBytes }, weight_map: Object.fromEntries(places) }, null, 2)}\n`
}
