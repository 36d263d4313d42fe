import type { StoredTensor } from "@llava/checkpoint"
import type { Part } from "../contract/part.ts"
import { partOfTensor } from "./part-of-tensor.ts"

export type PartTensors = Readonly<Record<Part["kind"], Map<string, StoredTensor>>>

/** Stored tensors by part, under their names within it. */
export function splitTensors(tensors: Iterable<StoredTensor>): PartTensors {
  const parts: PartTensors = { "vision-encoder": new Map(), projector: new Map(), "language-model": new Map() }
  for (const stored of tensors) {
    const { kind, name } = partOfTensor(stored.name)
    parts[kind].set(name, stored)
  }
  return parts
}
