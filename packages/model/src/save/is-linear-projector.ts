import type { ModelSource } from "../load/model-source.ts"

/**
 * Whether the projector is the first LLaVA's single linear layer, which transformers has no words for. A model from a
 * Hugging Face folder is written as that folder had it.
 */
export function isLinearProjector({ projector, manifest }: ModelSource): boolean {
  return manifest?.layout !== "hugging-face" && projector?.config["type"] === "linear"
}
