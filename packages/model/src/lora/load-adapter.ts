import type { StoredTensor } from "@llava/checkpoint"
import type { Module, PackedMatrix, Parameter, Tensor } from "@llava/tensor"
import type { Llava } from "../llava/llava.ts"
import { loadParameter } from "../load/load-parameter.ts"
import type { ModelFolder } from "../load/model-folder.ts"
import { openModelFolder } from "../load/open-model-folder.ts"
import { ModelError } from "../model-error.ts"
import type { AdapterConfig } from "./adapter-config.ts"
import { adapterPlaces } from "./adapter-places.ts"
import { attachAdapter } from "./attach-adapter.ts"
import { forgetContext } from "./forget-context.ts"
import type { AdaptedLayer } from "./named-adapters.ts"
import { type OpenedAdapter, openAdapter } from "./open-adapter.ts"

/** What an adapter's folder brought. */
export interface LoadedAdapter {
  readonly config: AdapterConfig
  readonly layers: readonly AdaptedLayer[]
  /** Paths of whole weights that were replaced: a projector, embeddings, biases. */
  readonly weights: readonly string[]
}

/**
 * Loads a low-rank adapter onto a model: a folder of PEFT's (`adapter_config.json`, `adapter_model.safetensors` or
 * `.bin`), or the LoRA output of the original LLaVA, whose projector stands in `non_lora_trainables.bin`. Names may be
 * in the layout of either. Whole weights in the files (`modules_to_save`, trained biases) replace the model's. All of it
 * is checked before anything changes.
 *
 * Errors: `ModelError` "adapter-missing", "adapter-unsupported" (DoRA, embeddings by low rank, beginnings that change
 * the base), "adapter-incomplete", "already-adapted", "tensor-unexpected" for another model's adapter, "tensor-shape";
 * `ConfigError`; `CheckpointError` for damaged files; the signal's reason.
 */
export async function loadAdapter(
  model: Llava | Module,
  folder: string | ModelFolder,
  options: { signal?: AbortSignal } = {},
): Promise<LoadedAdapter> {
  await using opened = await openAdapter(typeof folder === "string" ? await openModelFolder(folder) : folder)
  const weights = findWeights(model, opened)
  using onFailure = new DisposableStack()
  const values: (Tensor | PackedMatrix)[] = []
  for (const { parameter, stored } of weights) {
    options.signal?.throwIfAborted()
    values.push(onFailure.use(await loadWeight(parameter, stored)))
  }
  const layers = await attachAdapter(model, opened, options.signal)
  onFailure.move()
  for (const [index, { parameter }] of weights.entries()) parameter.set(values[index]!)
  forgetContext(model)
  return { config: opened.config, layers, weights: weights.map(({ path }) => path) }
}

interface ReplacedWeight {
  path: string
  parameter: Parameter
  stored: StoredTensor
}

function findWeights(model: Llava | Module, { weights }: OpenedAdapter): ReplacedWeight[] {
  const place = adapterPlaces(model)
  const parameters = new Map(model.namedParameters())
  return [...weights].flatMap(([name, stored]) => {
    const path = place(name)
    if (path === undefined) return []
    const parameter = parameters.get(path)
    if (!parameter) {
      throw new ModelError(`${stored.file}: the model has no place for '${stored.name}'.`, {
        code: "tensor-unexpected",
        fix: "It may be another model's adapter.",
      })
    }
    const { shape } = parameter
    if (stored.shape.length !== shape.length || stored.shape.some((size, axis) => size !== shape[axis])) {
      throw new ModelError(`${stored.file}: '${stored.name}' has shape [${stored.shape}], the model's is [${shape}].`, {
        code: "tensor-shape",
        fix: "It may be another model's adapter.",
      })
    }
    return { path, parameter, stored }
  })
}

/** In the form of its file: it was trained, so that it is not quantised where the model's was. */
async function loadWeight(parameter: Parameter, stored: StoredTensor): Promise<Tensor | PackedMatrix> {
  const { device } = parameter.value
  const value = await loadParameter(device, parameter, { stored }, "auto", async () => undefined)
  return "retain" in value ? value.retain() : value
}
