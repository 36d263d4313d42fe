import type { StoredTensor } from "@llava/checkpoint"
import type { Module } from "@llava/tensor"
import { ModelError } from "../model-error.ts"
import type { WeightEntry } from "./weight-entry.ts"

export interface TensorPlaces {
  /** Where a stored tensor goes: a parameter path, undefined for tensors to leave out. */
  place(name: string): { path: string; rowOrder?: Int32Array } | undefined
  /** Parameters that may stay without weights. */
  optional?: ((path: string) => boolean) | undefined
}

/** Names in a message; the rest is counted. */
const NAMED = 3

/**
 * Finds every parameter of a module among stored tensors. `what` names the part in errors: "tensor-missing",
 * "tensor-unexpected" for tensors that fit no parameter (the config is another model's), "tensor-shape", "tensor-type".
 */
export function collectWeights(
  what: string,
  module: Module,
  tensors: ReadonlyMap<string, StoredTensor>,
  { place, optional = () => false }: TensorPlaces,
): Map<string, WeightEntry> {
  const parameters = new Map(module.namedParameters())
  const entries = new Map<string, WeightEntry>()
  const unexpected: StoredTensor[] = []
  for (const [name, stored] of tensors) {
    const target = place(name)
    if (!target) continue
    const parameter = parameters.get(target.path)
    if (!parameter) {
      unexpected.push(stored)
      continue
    }
    checkTensor(what, stored, parameter.shape)
    entries.set(target.path, { stored, rowOrder: target.rowOrder })
  }
  const missing = [...parameters.keys()].filter((path) => !entries.has(path) && !optional(path))
  if (missing.length > 0) {
    throw new ModelError(`The ${what} lacks ${list(missing.map(quoted))} in ${filesOf(tensors.values())}.`, {
      code: "tensor-missing",
      fix: "The download may be incomplete, or config.json another model's.",
    })
  }
  if (unexpected.length > 0) {
    const names = list(unexpected.map(({ name }) => quoted(name)))
    throw new ModelError(`The ${what} has no place for ${names} of ${filesOf(unexpected)}.`, {
      code: "tensor-unexpected",
      fix: "config.json may be another model's.",
    })
  }
  return entries
}

function checkTensor(what: string, stored: StoredTensor, shape: readonly number[]): void {
  if (/^(I|U|BOOL)/.test(stored.dtype) && !stored.dtype.startsWith("IQ")) {
    throw new ModelError(`${stored.file}: '${stored.name}' of the ${what} holds ${stored.dtype}, not weights.`, {
      code: "tensor-type",
      fix: "Get the file again, or save the model anew with weights in floating point.",
    })
  }
  if (stored.shape.length === shape.length && stored.shape.every((size, axis) => size === shape[axis])) return
  throw new ModelError(
    `${stored.file}: '${stored.name}' of the ${what} has shape [${stored.shape}], its config wants [${shape}].`,
    { code: "tensor-shape", fix: "config.json may be another model's." },
  )
}

const quoted = (name: string): string => `'${name}'`

function filesOf(tensors: Iterable<StoredTensor>): string {
  return list([...new Set(Array.from(tensors, ({ file }) => file))]) || "its files, where it has no tensor"
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, NAMED)
  return names.length > NAMED ? `${shown.join(", ")} and ${names.length - NAMED} more` : shown.join(", ")
}
