import type { Template } from "../template/template.ts"
import type { ImageOptions } from "./image-options.ts"
import { PromptError } from "./prompt-error.ts"
import { IMAGE_TOKEN_INDEX } from "./token-constants.ts"

/** Every image of the conversation must be among the ids: a template may drop one, a tokenizer may not know its token. */
export function checkImagesKept(
  ids: readonly number[],
  images: number,
  template: Template,
  options: ImageOptions,
): void {
  if (options.imagePatches !== undefined) return
  const kept = ids.filter((id) => id === IMAGE_TOKEN_INDEX).length
  if (kept === images) return
  throw new PromptError(
    `The conversation shows ${images} ${images === 1 ? "image" : "images"}, and the prompt that template ${template.name} makes of it ${kept}.`,
    {
      code: "image-lost",
      fix: "Choose a template made for images, and give imageTokenId where the tokenizer has an image token.",
    },
  )
}
