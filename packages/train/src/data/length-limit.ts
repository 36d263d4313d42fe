import type { Llava } from "@llava/model"

/** Tokens, image tokens included, at which samples are cut. */
export function lengthLimit(
  model: Pick<Llava, "options" | "languageModel">,
  maxLength = Number.POSITIVE_INFINITY,
): number {
  return Math.min(maxLength, model.options.maxLength ?? maxLength, model.languageModel.maxPositions)
}
