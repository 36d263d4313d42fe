import type { Template } from "../template/template.ts"
import type { Tokenizer } from "../tokenizer/tokenizer.ts"
import { checkImagesKept } from "./check-images-kept.ts"
import type { MessagesInput, TurnsInput } from "./conversation-input.ts"
import { encodeSegments } from "./encode-segments.ts"
import type { ImageOptions } from "./image-options.ts"
import { readConversation } from "./read-conversation.ts"
import { unguard } from "./unguard.ts"

export type EncodeForGenerationOptions = (MessagesInput | TurnsInput) &
  ImageOptions & { template: Template; tokenizer: Tokenizer }

export interface EncodedPrompt {
  /** Token ids; -200 (`IMAGE_TOKEN_INDEX`) for each image, in the order of the conversation. */
  ids: number[]
  /** The prompt as text, `<image>` for each image. */
  text: string
  /** Strings at which the answer ends. */
  stop: string[]
  images: number
}

/**
 * A conversation as the prompt that asks for its next answer.
 *
 * @throws PromptError when roles, images and text do not fit together; TemplateError when a chat template refuses.
 */
export function encodeForGeneration(options: EncodeForGenerationOptions): EncodedPrompt {
  const { template, tokenizer, imageTokenId } = options
  const { turns, images } = readConversation({ ...options, purpose: "generation" })
  const rendered = template.renderPrompt(turns)
  const text = unguard(rendered)
  const addSpecialTokens = template.addsSpecialTokens(text)
  const { ids } = encodeSegments([{ text: rendered, learned: false }], { tokenizer, addSpecialTokens, imageTokenId })
  checkImagesKept(ids, images, template, options)
  return { ids, text, stop: [...template.stop], images }
}
