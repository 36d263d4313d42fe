import type { Template } from "@llava/core"
import { Llava } from "@llava/model"
import type { Recipe } from "../recipe/recipe-schema.ts"
import { trainedTemplate } from "./trained-template.ts"

/**
 * The same parts, put together as a recipe trains them: with its template and its way of squaring pictures. The parts
 * stay the model's; whoever generates with it has it `forget` afterwards.
 */
export function asTrained(
  model: Llava,
  recipe: Pick<Recipe, "template" | "imageAspectRatio">,
  change: (template: Template) => Template = (template) => template,
): Llava {
  const imageAspectRatio = recipe.imageAspectRatio ?? model.options.imageAspectRatio
  return new Llava({
    ...model.options,
    closesDevice: false,
    template: change(trainedTemplate(model, recipe)),
    ...(imageAspectRatio && { imageAspectRatio }),
  })
}
