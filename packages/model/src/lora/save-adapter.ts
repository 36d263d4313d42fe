import { type TensorToWrite, writeFilesAtomically, writeSafetensors } from "@llava/checkpoint"
import { Module, PackedMatrix, type Parameter } from "@llava/tensor"
import { makeFolder } from "#platform/make-folder"
import type { Llava } from "../llava/llava.ts"
import { matchPattern } from "../llava/match-pattern.ts"
import { ModelError } from "../model-error.ts"
import { configJson } from "../save/config-json.ts"
import { parameterBytes } from "../save/parameter-bytes.ts"
import type { AdapterDType } from "./lora-adapter.ts"
import { type AdaptedLayer, namedAdapters } from "./named-adapters.ts"
import { peftName } from "./peft-name.ts"
import { savedAdapterConfig } from "./saved-adapter-config.ts"

export interface SaveAdapterOptions {
  /**
   * Patterns of other parameters that were trained and belong to the adapter, as `projector`: written whole, as PEFT's
   * `modules_to_save`.
   */
  weights?: readonly string[]
  /** Default: factors as their file had them, new ones and other weights F32 (F16 where they are kept so). */
  dtype?: AdapterDType
  /** Where PEFT finds the model that this belongs to: path or hub id. Default: the folder that the model came from. */
  base?: string
  signal?: AbortSignal
}

/**
 * Saves the adapters of a model as a folder that `loadAdapter` and PEFT (on transformers' classes) read:
 * `adapter_model.safetensors`, then `adapter_config.json`.
 *
 * Errors: `ModelError` "adapter-missing" for a model without adapters, "adapter-mixed" where some divide by rank and some
 * by its square root, or dropouts differ, for which PEFT has one setting; "nothing-matches"; those of writing files.
 */
export async function saveAdapter(
  model: Llava | Module,
  folder: string,
  options: SaveAdapterOptions = {},
): Promise<void> {
  const layers = [...namedAdapters(model)]
  checkSame(layers)
  const others = chooseWeights(model, options.weights ?? [])
  const base = options.base ?? (model instanceof Module ? undefined : model.options.source?.folder?.name)
  const modules = [...new Set(others.map(([path]) => peftName(model, path).replace(/\.[^.]+$/, "")))]
  const config = savedAdapterConfig(model, layers, { base, modules })
  const tensors: TensorToWrite[] = [
    ...layers.flatMap(({ path, adapter }) => {
      const dtype = options.dtype ?? adapter.storedDType
      const name = peftName(model, path)
      return [
        toWrite(`${name}.lora_A.weight`, adapter.lora_A.weight, dtype),
        toWrite(`${name}.lora_B.weight`, adapter.lora_B.weight, dtype),
      ]
    }),
    ...others.map(([path, parameter]) =>
      toWrite(peftName(model, path), parameter, options.dtype ?? plainDType(parameter)),
    ),
  ]
  await makeFolder(folder)
  await writeSafetensors(
    `${folder}/adapter_model.safetensors`,
    tensors,
    options.signal ? { signal: options.signal } : {},
  )
  const json = new TextEncoder().encode(configJson(config, ['"lora_dropout": 0.0']))
  await writeFilesAtomically([{ path: `${folder}/adapter_config.json`, write: (file) => file.write(json) }])
}

function checkSame(layers: readonly AdaptedLayer[]): void {
  const [first] = layers
  if (!first) {
    throw new ModelError("The model has no adapters to save.", {
      code: "adapter-missing",
      fix: "Save it before removeLora, or the whole model with saveLlava.",
    })
  }
  const { rankStabilised, dropout } = first.adapter
  const other = layers.find(({ adapter: a }) => a.rankStabilised !== rankStabilised || a.dropout !== dropout)
  if (!other) return
  throw new ModelError(`The adapters of ${first.path} and ${other.path} differ in dropout or rank stabilisation.`, {
    code: "adapter-mixed",
    fix: "Give all adapters of a model the same, or merge them and save the model.",
  })
}

function chooseWeights(model: Llava | Module, patterns: readonly string[]): [path: string, parameter: Parameter][] {
  const all = [...model.namedParameters()].filter(([path]) => !/\.lora_[AB]\.weight$/.test(path))
  const unmatched = patterns.find((pattern) => !all.some(([path]) => matchPattern(pattern, path)))
  if (unmatched !== undefined) {
    throw new ModelError(`No parameter of the model is called ${unmatched}.`, { code: "nothing-matches" })
  }
  return all.filter(([path]) => patterns.some((pattern) => matchPattern(pattern, path)))
}

function toWrite(name: string, parameter: Parameter, dtype: AdapterDType): TensorToWrite {
  return {
    name: `base_model.model.${name}`,
    dtype,
    shape: parameter.shape,
    bytes: () => parameterBytes(parameter, dtype),
  }
}

function plainDType({ value }: Parameter): AdapterDType {
  return (value instanceof PackedMatrix ? value.format : value.dtype) === "f32" ? "F32" : "F16"
}
