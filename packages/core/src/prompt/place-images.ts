import type { Template, Turn } from "../template/template.ts"
import type { ImageOptions, ImagePlacement } from "./image-options.ts"
import { IMAGE_PLACEHOLDER } from "./image-placeholder.ts"
import { pythonStrip } from "./python-strip.ts"

export interface PlaceImagesOptions extends ImageOptions {
  imagePlacement: ImagePlacement
  purpose: "generation" | "training"
  template: Template
  /** How many images come with the conversation, where known. */
  images: number | undefined
}

/**
 * Moves image placeholders where the template wants them: `preprocess_multimodal` of llava/train/train.py for
 * training, the opening of `Conversation.get_prompt` of llava/conversation.py for prompts.
 */
export function placeImages(turns: readonly Turn[], options: PlaceImagesOptions): Turn[] {
  if (options.imagePlacement === "in-place") return [...turns]
  const keepsAll = (options.images ?? 1) > 1
  return options.purpose === "training"
    ? turns.map((turn) => placeForTraining(turn, keepsAll, options.template))
    : placeForPrompt(turns, keepsAll, options.template)
}

function placeForTraining(turn: Turn, keepsAll: boolean, { imageTags }: Template): Turn {
  if (!turn.text.includes(IMAGE_PLACEHOLDER)) return turn
  const { images, words } = apart(turn.text, keepsAll)
  const text = pythonStrip(images + words)
  if (!imageTags) return { ...turn, text }
  return { ...turn, text: text.replaceAll(IMAGE_PLACEHOLDER, imageTags.open + IMAGE_PLACEHOLDER + imageTags.close) }
}

function placeForPrompt(turns: readonly Turn[], keepsAll: boolean, { imageTags, hasExamples }: Template): Turn[] {
  const at = turns[0]?.role === "system" ? 1 : 0
  const first = turns[at]
  // Where examples come first, the user's turn is not the first of the conversation, and the original leaves it.
  if (hasExamples || !first?.text.includes(IMAGE_PLACEHOLDER)) return [...turns]
  const { images, words, count } = apart(first.text, keepsAll)
  const before = turns.slice(0, at)
  const after = turns.slice(at + 1)
  if (!imageTags) return [...before, { ...first, text: images + words }, ...after]
  const tagged = (imageTags.open + IMAGE_PLACEHOLDER + imageTags.close).repeat(count)
  return [
    ...before,
    { role: "user", text: tagged },
    { role: "assistant", text: imageTags.reply },
    { ...first, text: words },
    ...after,
  ]
}

function apart(text: string, keepsAll: boolean): { images: string; words: string; count: number } {
  const pieces = text.split(IMAGE_PLACEHOLDER)
  const count = keepsAll ? pieces.length - 1 : 1
  return { images: `${IMAGE_PLACEHOLDER}\n`.repeat(count), words: pythonStrip(pieces.join("")), count }
}
