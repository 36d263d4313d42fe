import { encodeBlocks, float16ToFloat32, type TensorToWrite } from "@llava/checkpoint"
import { type Module, PackedMatrix, type Parameter, type Tensor } from "@llava/tensor"
import type { Llava } from "../llava/llava.ts"
import type { ModelSource } from "../load/model-source.ts"
import type { PartSource } from "../load/part-source.ts"
import { identityLayer } from "./identity-layer.ts"
import { isLinearProjector } from "./is-linear-projector.ts"

/** Formats that weights can be saved in. */
export type SavedDType = "F32" | "F16" | "BF16"

/** Rows read back at a time; a multiple of the 32 rows of a panel. */
const ROWS = 1024

/** Every loaded parameter of a model under its name in Hugging Face's layout, read from the GPU when its turn comes. */
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
  for (const [path, parameter] of module.namedParameters()) {
    if (!parameter.loaded) continue
    const stored = source?.tensors.get(path)
    const dtype = options.dtype ?? plainDType(stored?.dtype, parameter)
    yield {
      name: (options.keepsNames && stored?.name) || prefix + path,
      dtype,
      shape: parameter.shape,
      bytes: () => parameterBytes(parameter, dtype),
    }
  }
}

function plainDType(stored: string | undefined, { value }: Parameter): SavedDType {
  if (stored === "F32" || stored === "F16" || stored === "BF16") return stored
  if (stored === "F64") return "F32"
  if (stored !== undefined) return "F16"
  const format = value instanceof PackedMatrix ? value.format : value.dtype
  return format === "f32" ? "F32" : "F16"
}

async function* parameterBytes({ value }: Parameter, dtype: SavedDType): AsyncGenerator<Uint8Array> {
  if (!(value instanceof PackedMatrix)) {
    yield encodeBlocks(dtype, await readFloats(value))
    return
  }
  const rows = value.shape[0]
  for (let row = 0; row < rows; row += ROWS) {
    yield encodeBlocks(dtype, await value.readRows(row, Math.min(ROWS, rows - row)))
  }
}

async function readFloats(tensor: Tensor): Promise<Float32Array> {
  const values = await tensor.read()
  return values instanceof Uint16Array ? float16ToFloat32(values) : (values as Float32Array)
}
