import { type ContentPart, IMAGE_PLACEHOLDER, type ImageInput, type Message } from "@llava/core"
import { ChatError } from "../chat-error.ts"

/**
 * A question with its pictures: where it says `<image>`, in order, otherwise before it. Errors: "image-missing" and
 * "placeholder-missing" where it says so more or fewer times than there are pictures.
 */
export function userMessage(text: string, images: readonly ImageInput[]): Message {
  const pieces = text.split(IMAGE_PLACEHOLDER)
  const placed = pieces.length - 1
  if (placed > 0 && placed !== images.length) throw wrongCount(placed, images.length)
  if (images.length === 0) return { role: "user", content: text }
  const parts = images.map((image): ContentPart => ({ type: "image", image }))
  if (placed === 0) return { role: "user", content: [...parts, { type: "text", text }] }
  const content = pieces.flatMap((piece, index): ContentPart[] => {
    const words = piece.trim()
    return [...(words === "" ? [] : [{ type: "text" as const, text: words }]), ...parts.slice(index, index + 1)]
  })
  return { role: "user", content }
}

function wrongCount(placed: number, images: number): ChatError {
  const isTooFew = images < placed
  const pictures = images === 0 ? "there is no picture" : `the pictures are ${images}`
  return new ChatError(
    `The prompt says ${IMAGE_PLACEHOLDER} ${placed === 1 ? "once" : `${placed} times`}, and ${pictures}.`,
    {
      code: isTooFew ? "image-missing" : "placeholder-missing",
      fix: isTooFew
        ? `Give a picture for each ${IMAGE_PLACEHOLDER} (--image), or take it out of the prompt.`
        : `Write ${IMAGE_PLACEHOLDER} for each picture, or leave it out to have all of them before the prompt.`,
    },
  )
}
