import type { TensorToWrite } from "@llava/checkpoint"
import { Linear, type LowRankAdapter, type Module, PackedMatrix, type Parameter } from "@llava/tensor"
import type { Llava } from "../llava/llava.ts"
import type { ModelSource } from "../load/model-source.ts"
import type { PartSource } from "../load/part-source.ts"
import { identityLayer } from "./identity-layer.ts"
import { isLinearProjector } from "./is-linear-projector.ts"
import { parameterBytes } from "./parameter-bytes.ts"

/** Formats that weights can be saved in. */
export type SavedDType = "F32" | "F16" | "BF16"

/**
 * Every loaded parameter of a model under its name in Hugging Face's layout, read from the GPU when its turn comes.
 * Low-rank adapters are written as part of the weights beside which they stand.
 */
export function* savedTensors(
  model: Llava,
  source: ModelSource,
  dtype: SavedDType | undefined,
): Generator<TensorToWrite> {
  const { encoder, projector, languageModel } = model
  const whole = encoder !== undefined
  const keepsNames = source.manifest !== undefined && source.manifest.layout !== "original"
  const part = (module: Module, from: PartSource | undefined, prefix: string) =>
    ofPart(module, from, prefix, { keepsNames, dtype })
  yield* part(languageModel, source.languageModel, whole ? "language_model." : "")
  if (projector) {
    const written = [...part(projector, source.projector, "multi_modal_projector.")]
    yield* written
    if (isLinearProjector(source)) yield* identityLayer(written)
  }
  if (encoder) {
    const inner = /^(clip|siglip)_vision_model$/.test(encoder.modelType) ? "vision_model." : ""
    yield* part(encoder, source.encoder, `vision_tower.${inner}`)
  }
}

function* ofPart(
  module: Module,
  source: PartSource | undefined,
  prefix: string,
  options: { keepsNames: boolean; dtype: SavedDType | undefined },
): Generator<TensorToWrite> {
  const { besides, factors } = adaptersOf(module)
  for (const [path, parameter] of module.namedParameters()) {
    if (!parameter.loaded || factors.has(parameter)) continue
    const stored = source?.tensors.get(path)
    const dtype = options.dtype ?? plainDType(stored?.dtype, parameter)
    yield {
      name: (options.keepsNames && stored?.name) || prefix + path,
      dtype,
      shape: parameter.shape,
      bytes: () => parameterBytes(parameter, dtype, besides.get(parameter)),
    }
  }
}

/** Adapters by the weight to which they have yet to be added, and the parameters of all of them. */
function adaptersOf(module: Module) {
  const besides = new Map<Parameter, LowRankAdapter>()
  const factors = new Set<Parameter>()
  for (const [, layer] of module.namedModules()) {
    if (!(layer instanceof Linear) || !layer.adapter) continue
    if (!layer.adapter.merged) besides.set(layer.weight, layer.adapter)
    for (const [, factor] of layer.adapter.namedParameters()) factors.add(factor)
  }
  return { besides, factors }
}

function plainDType(stored: string | undefined, { value }: Parameter): SavedDType {
  if (stored === "F32" || stored === "F16" || stored === "BF16") return stored
  if (stored === "F64") return "F32"
  if (stored !== undefined) return "F16"
  const format = value instanceof PackedMatrix ? value.format : value.dtype
  return format === "f32" ? "F32" : "F16"
}
