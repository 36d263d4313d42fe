import { addLora, type Llava } from "@llava/model"
import type { Parameter } from "@llava/tensor"
import { chooseTrained } from "./choose-trained.ts"
import type { Recipe } from "./recipe-schema.ts"

/**
 * Makes trainable what a recipe trains, and nothing else; with `lora` that includes adapters, which are put into the
 * language model here. Errors: those of `addLora` and `chooseTrained`.
 */
export function prepareTrained(
  model: Llava,
  { train, lora, seed }: Pick<Recipe, "train" | "lora" | "seed">,
): [path: string, parameter: Parameter][] {
  if (!lora) return chooseTrained(model, train)
  addLora(model.languageModel, { ...lora, seed })
  model.forget()
  return chooseTrained(model, [...train, "lora_*"])
}
