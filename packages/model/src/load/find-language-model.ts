import type { StoredTensor } from "@llava/checkpoint"
import type { Device } from "@llava/tensor"
import type { LanguageModel } from "../contract/language-model.ts"
import type { LanguageModelPart } from "../contract/part.ts"
import { ModelError } from "../model-error.ts"
import { collectWeights } from "./collect-weights.ts"
import type { LoadOptions } from "./load-options.ts"
import type { PendingModule } from "./load-pending.ts"
import type { Manifest } from "./manifest.ts"
import type { ModelWeights } from "./open-model-weights.ts"
import { parsePartConfig } from "./parse-part-config.ts"
import { type PartSource, partSource } from "./part-source.ts"
import { selectPart } from "./select-part.ts"
import { tensorPlaces } from "./tensor-places.ts"
import type { WeightEntry } from "./weight-entry.ts"

export interface FoundLanguageModel {
  languageModel: LanguageModel
  part: LanguageModelPart
  pending: PendingModule
  source: PartSource
}

/** Builds the language model and finds its weights, with those of the base where there is one. */
export async function findLanguageModel(
  manifest: Manifest,
  weights: ModelWeights,
  device: Device,
  { parts, dtype = "auto" }: LoadOptions,
): Promise<FoundLanguageModel> {
  const modelType = String(manifest.language["model_type"] ?? "llama")
  const part = selectPart(parts, "language-model", modelType, manifest.file)
  const config = await parsePartConfig(part.configSchema, manifest.language, manifest.file)
  const languageModel = part.build(config, device)
  const places = tensorPlaces(part, config)
  const found = collectWeights("language model", languageModel, weights.parts["language-model"], places)
  const entries = weights.base ? addBase(found, weights.base, weights.parts["language-model"]) : found
  return {
    languageModel,
    part,
    pending: { module: languageModel, entries, dtype },
    source: partSource(manifest.language, entries, places),
  }
}

/** Pairs every tensor with the base's of the same name; embeddings of new tokens have no base. */
function addBase(
  entries: ReadonlyMap<string, WeightEntry>,
  base: ReadonlyMap<string, StoredTensor>,
  own: ReadonlyMap<string, StoredTensor>,
): Map<string, WeightEntry> {
  const nameOf = new Map([...own].map(([name, stored]) => [stored, name]))
  return new Map(
    [...entries].map(([path, entry]) => {
      const name = nameOf.get(entry.stored)!
      const tensor = base.get(name)
      checkBase(entry.stored, tensor, name)
      return [path, { ...entry, base: tensor }]
    }),
  )
}

function checkBase(stored: StoredTensor, base: StoredTensor | undefined, name: string): asserts base is StoredTensor {
  if (!base) {
    throw new ModelError(`The base has no '${name}', to which ${stored.file} is a difference.`, {
      code: "tensor-missing",
      fix: "Use the base that the delta weights were made from.",
    })
  }
  const [rows, ...rest] = stored.shape
  const [baseRows, ...baseRest] = base.shape
  const grows = name.includes("embed_tokens") || name.includes("lm_head")
  const sameRest = rest.length === baseRest.length && rest.every((size, axis) => size === baseRest[axis])
  if (sameRest && (rows === baseRows || (grows && rows! > baseRows!))) return
  throw new ModelError(`'${name}' is [${stored.shape}] in ${stored.file} and [${base.shape}] in ${base.file}.`, {
    code: "tensor-shape",
    fix: "Use the base that the delta weights were made from.",
  })
}
