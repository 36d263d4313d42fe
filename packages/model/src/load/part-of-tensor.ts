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

/** The part that a stored tensor is of, and its name within it. What belongs to no other is the language model's. */
export function partOfTensor(name: string): { kind: Part["kind"]; name: string } {
  const found = prefixes.find(([prefix]) => name.startsWith(prefix))
  if (!found) return { kind: "language-model", name }
  const [prefix, kind, replacement] = found
  return { kind, name: replacement + name.slice(prefix.length) }
}
