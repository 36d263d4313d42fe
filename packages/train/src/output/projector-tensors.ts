import type { TensorToWrite } from "@llava/checkpoint"
import type { Projector } from "@llava/model"
import { wholeTensor } from "./whole-tensor.ts"

/**
 * A projector under the names of the original's `mm_projector.bin`, by the place of its layers in a Sequential with
 * activations between them; a single linear layer has no number. Other projectors keep the names of their parameters.
 */
export function projectorTensors(projector: Projector): TensorToWrite[] {
  const named = [...projector.namedParameters()]
  const isMlp = named.every(([path]) => /^linear_\d+\.(weight|bias)$/.test(path))
  const isSingle = named.every(([path]) => path.startsWith("linear_1."))
  return named.map(([path, parameter]) => {
    const [, layer, kind] = /^linear_(\d+)\.(.+)$/.exec(path) ?? []
    const place = isSingle ? "" : `${2 * (Number(layer) - 1)}.`
    return wholeTensor(`model.mm_projector.${isMlp ? place + kind : path}`, parameter)
  })
}
