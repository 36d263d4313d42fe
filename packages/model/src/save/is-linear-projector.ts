import type { ModelSource } from "../load/model-source.ts"

/** Whether the projector is the first LLaVA's single linear layer, which transformers has no words for. */
export function isLinearProjector({ projector }: ModelSource): boolean {
  return projector?.config["type"] === "linear"
}
