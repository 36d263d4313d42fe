import { Module } from "@llava/tensor"
import type { Llava } from "../llava/llava.ts"
import { partOfTensor } from "../load/part-of-tensor.ts"

const roots = { "vision-encoder": "encoder", projector: "projector", "language-model": "language_model" } as const

/**
 * The parameter path of a tensor name, in whatever layout: `model.mm_projector.0.weight` and
 * `model.multi_modal_projector.linear_1.weight` are both `projector.linear_1.weight` of a `Llava`. Undefined for what a
 * part leaves out. A module takes names as they are.
 */
export function adapterPlaces(model: Llava | Module): (name: string) => string | undefined {
  if (model instanceof Module) return (name) => name
  const { source } = model.options
  const keys = {
    "vision-encoder": source?.encoder?.keys,
    projector: source?.projector?.keys,
    "language-model": source?.languageModel.keys,
  }
  return (stored) => {
    const { kind, name } = partOfTensor(stored)
    const partKeys = keys[kind]
    const path = partKeys ? partKeys(name) : name
    return path === undefined ? undefined : `${roots[kind]}.${path}`
  }
}
