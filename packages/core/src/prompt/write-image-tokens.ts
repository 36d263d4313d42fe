import type { Turn } from "../template/template.ts"
import type { Tokenizer } from "../tokenizer/tokenizer.ts"
import type { ImageOptions } from "./image-options.ts"
import { IMAGE_PLACEHOLDER } from "./image-placeholder.ts"
import { PromptError } from "./prompt-error.ts"

/** Writes `<im_start>`, `<im_patch>` and `<im_end>` where the model was trained with them (llava/constants.py). */
export function writeImageTokens(turns: readonly Turn[], tokenizer: Tokenizer, options: ImageOptions): Turn[] {
  const { imageStartEnd = false, imagePatches } = options
  let image = IMAGE_PLACEHOLDER
  if (imagePatches !== undefined) image = known(tokenizer, "<im_patch>").repeat(imagePatches)
  if (imageStartEnd) image = known(tokenizer, "<im_start>") + image + known(tokenizer, "<im_end>")
  return turns.map((turn) => ({ ...turn, text: turn.text.replaceAll(IMAGE_PLACEHOLDER, image) }))
}

function known(tokenizer: Tokenizer, token: string): string {
  if (tokenizer.tokenId(token) !== undefined) return token
  throw new PromptError(`The model wants ${token} around or for images, and its tokenizer does not have it.`, {
    code: "token-missing",
    fix: `Add ${token} to the tokenizer (addTokens), or set mm_use_im_start_end to false if the model was trained without it.`,
  })
}
