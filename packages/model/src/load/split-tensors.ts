import type { StoredTensor } from "@llava/checkpoint"
import type { Part } from "../contract/part.ts"

/** Prefixes of each part in every published layout, longer ones first, and what stands for them in the part. */
const prefixes: readonly (readonly [prefix: string, kind: Part["kind"], replacement: string])[] = [
  ["model.vision_tower.vision_tower.", "vision-encoder", ""],
  ["model.vision_tower.", "vision-encoder", ""],
  ["vision_tower.", "vision-encoder", ""],
  ["model.multi_modal_projector.", "projector", ""],
  ["multi_modal_projector.", "projector", ""],
  ["model.mm_projector.", "projector", ""],
  ["mm_projector.", "projector", ""],
  ["model.language_model.", "language-model", "model."],
  ["language_model.", "language-model", ""],
]

export type PartTensors = Readonly<Record<Part["kind"], Map<string, StoredTensor>>>

/** Stored tensors by part, under their names within it. What belongs to no other part is the language model's. */
export function splitTensors(tensors: Iterable<StoredTensor>): PartTensors {
  const parts: PartTensors = { "vision-encoder": new Map(), projector: new Map(), "language-model": new Map() }
  for (const stored of tensors) {
    const found = prefixes.find(([prefix]) => stored.name.startsWith(prefix))
    if (!found) parts["language-model"].set(stored.name, stored)
    else parts[found[1]].set(found[2] + stored.name.slice(found[0].length), stored)
  }
  return parts
}
