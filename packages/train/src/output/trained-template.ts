import { findTemplate, type Template } from "@llava/core"
import type { Llava } from "@llava/model"
import type { Recipe } from "../recipe/recipe-schema.ts"

/** The template that a run renders its samples with: the recipe's, or the model's own. */
export function trainedTemplate(model: Pick<Llava, "template">, recipe: Pick<Recipe, "template">): Template {
  return recipe.template === null ? model.template : findTemplate(recipe.template)
}
