import { checkTensorRange } from "../bytes/check-tensor-range.ts"
import { CheckpointError } from "../checkpoint-error.ts"
import { tensorByteLength } from "../dtype/tensor-byte-length.ts"
import type { StoredDType, StoredTensor } from "../stored-tensor.ts"
import { gatherElements, storageSpan } from "./gather-elements.ts"
import { PickleProblem } from "./pickle-problem.ts"
import { TorchTensor } from "./torch-tensor.ts"
import type { UnsupportedTensor } from "./unsupported-tensor.ts"

/** An expanded view (stride 0) may claim any size; one of more bytes than this and than its storage is refused. */
const largestExpansion = 1 << 30

/** Bytes `[begin, end)` of the storage with the given key. */
export type ReadStorage = (key: string, begin: number, end: number) => Promise<Uint8Array>

/**
 * A tensor of a torch file. One that lies in its storage row by row is read directly from there; any other view is
 * gathered from the part of the storage that the asked-for range touches.
 */
export function torchStoredTensor(
  name: string,
  tensor: TorchTensor | UnsupportedTensor,
  file: string,
  readStorage: ReadStorage,
): StoredTensor {
  if (!(tensor instanceof TorchTensor)) return unreadable(name, file, tensor.kind)
  const { storage, shape, offset } = tensor
  const dtype = tensor.dtype.stored
  if (!dtype) return unreadable(name, file, `of element type ${tensor.dtype.name}`)
  const size = tensor.dtype.bytes
  const byteLength = tensorByteLength(dtype, shape)
  if (byteLength === undefined) throw new PickleProblem(`tensor ${name} has the impossible shape [${shape}]`)

  const storageBytes = storage.length * (storage.dtype?.bytes ?? 1)
  const last = shape.reduce((sum, dimension, i) => sum + (dimension - 1) * tensor.stride[i]!, offset)
  if (byteLength > 0 && !((last + 1) * size <= storageBytes))
    throw new PickleProblem(`tensor ${name} reaches beyond its storage`)
  if (byteLength > storageBytes && byteLength > largestExpansion)
    throw new PickleProblem(`tensor ${name} expands ${storageBytes} bytes to ${byteLength}`)

  const base = storage.begin * (storage.dtype?.bytes ?? 1)
  const contiguous = isContiguous(tensor)
  return {
    name,
    dtype,
    shape,
    byteLength,
    file,
    async read(begin = 0, end = byteLength) {
      checkTensorRange({ name, byteLength }, file, begin, end)
      if (begin === end) return new Uint8Array(0)
      if (contiguous) return readStorage(storage.key, base + offset * size + begin, base + offset * size + end)
      const first = Math.floor(begin / size)
      const count = Math.ceil(end / size) - first
      const span = storageSpan(tensor, first, count)
      const bytes = await readStorage(storage.key, base + span.begin * size, base + span.end * size)
      const gathered = gatherElements(tensor, first, count, bytes, span.begin)
      return gathered.subarray(begin - first * size, end - first * size)
    },
  }
}

function isContiguous({ shape, stride }: TorchTensor): boolean {
  let expected = 1
  for (let i = shape.length - 1; i >= 0; i--) {
    if (shape[i] !== 1 && stride[i] !== expected) return false
    expected *= shape[i]!
  }
  return true
}

/** Listed by name, so that other tensors of the file can be used; asking anything more of it throws. */
function unreadable(name: string, file: string, kind: string): StoredTensor {
  const refuse = (): never => {
    throw new CheckpointError(`${file}: tensor ${name} is ${kind}, which cannot be read here.`, {
      code: "tensor-type-unsupported",
      fix: "Convert it to an ordinary dense tensor in PyTorch and save the file anew.",
    })
  }
  return {
    name,
    file,
    get dtype(): StoredDType {
      return refuse()
    },
    get shape(): readonly number[] {
      return refuse()
    },
    get byteLength(): number {
      return refuse()
    },
    read: async () => refuse(),
  }
}
