import { decodeTensorBytes, type StoredTensor } from "@llava/checkpoint"
import { type Device, type Linear, type Module, type Parameter, Tensor } from "@llava/tensor"
import type { Llava } from "../llava/llava.ts"
import { ModelError } from "../model-error.ts"
import { adapterPlaces } from "./adapter-places.ts"
import { forgetContext } from "./forget-context.ts"
import { type AdapterDType, LoraAdapter } from "./lora-adapter.ts"
import type { AdaptedLayer } from "./named-adapters.ts"
import { namedLinears } from "./named-linears.ts"
import type { OpenedAdapter, StoredFactors } from "./open-adapter.ts"

/** Loads the factors of an opened adapter beside their layers: all of them, or on failure none. */
export async function attachAdapter(
  model: Llava | Module,
  opened: OpenedAdapter,
  signal?: AbortSignal,
): Promise<AdaptedLayer[]> {
  const places = { layers: new Map(namedLinears(model)), place: adapterPlaces(model) }
  const planned = [...opened.factors].map(([name, factors]) => plan(places, opened, name, factors))
  using onFailure = new DisposableStack()
  for (const { adapter, layer, factors } of planned) {
    signal?.throwIfAborted()
    onFailure.use(adapter)
    const { device } = layer.weight.value
    await fill(device, adapter.lora_A.weight, factors.a)
    await fill(device, adapter.lora_B.weight, factors.b)
  }
  onFailure.move()
  for (const { layer, adapter } of planned) layer.adapter = adapter
  forgetContext(model)
  return planned.map(({ path, layer, adapter }) => ({ path, layer, adapter }))
}

interface Places {
  layers: ReadonlyMap<string, Linear>
  place: (name: string) => string | undefined
}

function plan({ layers, place }: Places, { config, file }: OpenedAdapter, name: string, factors: StoredFactors) {
  const path = place(`${name}.weight`)?.replace(/\.weight$/, "")
  const layer = path === undefined ? undefined : layers.get(path)
  const { a } = factors
  if (path === undefined || !layer) {
    throw new ModelError(`${a.file}: '${a.name}' belongs to no linear layer of the model that can have an adapter.`, {
      code: "tensor-unexpected",
      fix: "It may be another model's adapter. The head (lm_head) cannot have one: merge it with PEFT instead.",
    })
  }
  if (layer.adapter) {
    throw new ModelError(`${path} has an adapter already.`, {
      code: "already-adapted",
      fix: "Take it off with removeLora, after mergeLora where it should stay in force.",
    })
  }
  const rank = checkShapes(layer, factors)
  const stated = forModule(config.rank_pattern, name, file) ?? config.r
  if (rank !== stated) {
    throw new ModelError(`${a.file}: '${a.name}' has rank ${rank}, ${file} says ${stated}.`, {
      code: "tensor-shape",
      fix: "The two files may be of different adapters.",
    })
  }
  const adapter = new LoraAdapter(layer.inFeatures, layer.outFeatures, {
    rank,
    alpha: forModule(config.alpha_pattern, name, file) ?? config.lora_alpha,
    dropout: config.lora_dropout,
    rankStabilised: config.use_rslora,
    storedDType: plainDType(a),
  })
  return { path, layer, adapter, factors }
}

function checkShapes({ inFeatures, outFeatures }: Linear, { a, b }: StoredFactors): number {
  const rank = a.shape[0]!
  const expected = [
    [a, [rank, inFeatures]],
    [b, [outFeatures, rank]],
  ] as const
  for (const [stored, shape] of expected) {
    if (stored.shape.length === 2 && stored.shape.every((size, axis) => size === shape[axis])) continue
    throw new ModelError(`${stored.file}: '${stored.name}' has shape [${stored.shape}], its layer wants [${shape}].`, {
      code: "tensor-shape",
      fix: "It may be another model's adapter.",
    })
  }
  return rank
}

/** PEFT's patterns are regular expressions for the end of a module's name; the first that matches counts. */
function forModule(patterns: Readonly<Record<string, number>>, module: string, file: string): number | undefined {
  for (const [pattern, value] of Object.entries(patterns)) {
    try {
      if (new RegExp(`^(?:.*\\.)?(?:${pattern})$`).test(module)) return value
    } catch (cause) {
      throw new ModelError(`${file}: '${pattern}' is no regular expression.`, { code: "config-invalid", cause })
    }
  }
  return undefined
}

function plainDType({ dtype, file, name }: StoredTensor): AdapterDType {
  if (dtype === "F32" || dtype === "F16" || dtype === "BF16") return dtype
  if (dtype === "F64") return "F32"
  throw new ModelError(`${file}: '${name}' holds ${dtype}, not the factors of an adapter.`, { code: "tensor-type" })
}

async function fill(device: Device, parameter: Parameter, stored: StoredTensor): Promise<void> {
  const values = decodeTensorBytes(stored.dtype, await stored.read())
  parameter.set(Tensor.from(device, values, parameter.shape))
}
