import type { StoredDType } from "@llava/checkpoint"
import type { TensorPlaces } from "./collect-weights.ts"
import type { ModelFolder } from "./model-folder.ts"
import type { WeightEntry } from "./weight-entry.ts"

/** Where a part came from: what saving it again needs to know. */
export interface PartSource {
  /** Its config as files have it. */
  readonly config: Readonly<Record<string, unknown>>
  /** Its own folder, where it has one. */
  readonly folder?: ModelFolder | undefined
  /** How the file named and stored each parameter, by the parameter's path; empty for a part made anew. */
  readonly tensors: ReadonlyMap<string, { readonly name: string; readonly dtype: StoredDType }>
  /** Its tensors' names in files, without the prefix of the part, to parameter paths. Default: equal. */
  readonly keys?: ((name: string) => string | undefined) | undefined
}

/** Keeps of weights what outlives their files. */
export function partSource(
  config: Readonly<Record<string, unknown>>,
  entries: ReadonlyMap<string, WeightEntry>,
  places: TensorPlaces,
  folder?: ModelFolder,
): PartSource {
  const tensors = [...entries].map(([path, { stored }]) => [path, { name: stored.name, dtype: stored.dtype }] as const)
  return { config, tensors: new Map(tensors), folder, keys: (name) => places.place(name)?.path }
}
