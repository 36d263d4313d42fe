import type { Template, Turn } from "../template/template.ts"
import type { Tokenizer } from "../tokenizer/tokenizer.ts"
import { checkOrder } from "./check-order.ts"
import type { MessagesInput, TurnsInput } from "./conversation-input.ts"
import type { ImageOptions, ImagePlacement } from "./image-options.ts"
import { IMAGE_PLACEHOLDER } from "./image-placeholder.ts"
import { placeImages } from "./place-images.ts"
import { PromptError } from "./prompt-error.ts"
import { specialTokenNames } from "./special-token-names.ts"
import { turnsOfConversation } from "./turns-of-conversation.ts"
import { turnsOfMessages } from "./turns-of-messages.ts"
import { writeImageTokens } from "./write-image-tokens.ts"

export type ReadConversationOptions = (MessagesInput | TurnsInput) &
  ImageOptions & { template: Template; tokenizer: Tokenizer; purpose: "generation" | "training" }

/** A conversation of either kind, checked, as turns that a template can render; and how many images it shows. */
export function readConversation(options: ReadConversationOptions): { turns: Turn[]; images: number } {
  const { template, tokenizer, purpose } = options
  const names = specialTokenNames(tokenizer)
  const written =
    "messages" in options ? turnsOfMessages(options.messages, names) : turnsOfConversation(options.turns, names)
  checkOrder(written, purpose)

  const given = "messages" in options ? countImages(written) : options.images
  const imagePlacement = options.imagePlacement ?? defaultPlacement(options)
  const placed = placeImages(written, { ...options, imagePlacement, template, images: given })
  const images = countImages(placed)
  if (given !== undefined && given !== images) throw wrongCount(given, images)
  return { turns: writeImageTokens(placed, tokenizer, options), images }
}

function defaultPlacement(options: ReadConversationOptions): ImagePlacement {
  if ("messages" in options) return options.template.imageTags ? "front" : "in-place"
  return options.purpose === "training" ? "front" : "in-place"
}

function countImages(turns: readonly Turn[]): number {
  return turns.reduce((sum, turn) => sum + turn.text.split(IMAGE_PLACEHOLDER).length - 1, 0)
}

function wrongCount(images: number, placeholders: number): PromptError {
  const counted = `${placeholders} ${IMAGE_PLACEHOLDER} in the text and ${images} ${images === 1 ? "image" : "images"}`
  return new PromptError(`There are ${counted}.`, {
    code: images < placeholders ? "image-missing" : "placeholder-missing",
    fix:
      images < placeholders
        ? `Give an image for each ${IMAGE_PLACEHOLDER}, or take the placeholder out.`
        : `Write one ${IMAGE_PLACEHOLDER} for each image, or leave the image out.`,
  })
}
