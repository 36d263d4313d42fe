import { decodeTensorBytes, type StoredTensor, storedTensorChunks } from "@llava/checkpoint"
import type { ImageManifest } from "./manifest.ts"

export interface StoredProjector {
  readonly projector: ImageManifest["projector"]
  readonly tensors: ReadonlyMap<string, StoredTensor>
}

/**
 * A linear projector, which transformers has no words for, is saved with a second layer that changes nothing; here it
 * is left out again, so that training finds the one layer there is. A second layer that was trained since is kept: then
 * the projector is one of two layers without activation between them.
 */
export async function withoutIdentityLayer({ projector, tensors }: StoredProjector): Promise<StoredProjector> {
  const weight = tensors.get("linear_2.weight")
  if (projector.type !== "linear" || !weight) return { projector, tensors }
  const bias = tensors.get("linear_2.bias")
  const changesNothing = (await equals(weight, isDiagonal(weight))) && (!bias || (await equals(bias, () => false)))
  if (!changesNothing) return { projector: { ...projector, type: "mlp2x_gelu", activation: "linear" }, tensors }
  return { projector, tensors: new Map([...tensors].filter(([name]) => !name.startsWith("linear_2."))) }
}

const isDiagonal =
  ({ shape: [, width = 1] }: StoredTensor) =>
  (at: number) =>
    at % width === Math.floor(at / width)

/** Whether a tensor holds ones at some places, and zeros elsewhere. */
async function equals(tensor: StoredTensor, isOne: (at: number) => boolean): Promise<boolean> {
  let at = 0
  for await (const chunk of storedTensorChunks(tensor)) {
    for (const value of decodeTensorBytes(tensor.dtype, chunk)) if (value !== (isOne(at++) ? 1 : 0)) return false
  }
  return true
}
