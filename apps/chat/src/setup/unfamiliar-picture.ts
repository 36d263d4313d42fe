import type { ImageInput } from "@llava/core"
import type { Llava } from "@llava/model"

/**
 * A sentence for a picture that is unlike all that the model was trained on; undefined for one that it knows, or where the
 * model cannot tell. Errors: the signal's reason.
 */
export async function unfamiliarPicture(
  model: Pick<Llava, "imageDistance" | "options">,
  image: ImageInput,
  options: { signal?: AbortSignal } = {},
): Promise<string | undefined> {
  const distance = await model.imageDistance(image, options)
  if (distance === undefined || distance <= 1) return undefined
  return `This model only knows ${model.options.imageDomain!.description}; the picture looks like something else, so take the answer with a smile.`
}
