import { decodeTensorBytes } from "../dtype/decode-tensor-bytes.ts"
import type { Checkpoint } from "../stored-tensor.ts"

/** A whole tensor of a small checkpoint as float32. */
export async function readValues(checkpoint: Checkpoint, name: string): Promise<Float32Array> {
  const tensor = checkpoint.tensors.get(name)
  if (!tensor) throw new Error(`no tensor ${name}`)
  return decodeTensorBytes(tensor.dtype, await tensor.read())
}
