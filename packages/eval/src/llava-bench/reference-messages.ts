import type { ChatMessage } from "../scienceqa/few-shot.ts"
import { describeImage } from "./describe-image.ts"
import type { ImageDescription } from "./parse-contexts.ts"

const system = [
  "You answer questions about an image that you cannot see.",
  "It is described to you by sentences, and sometimes by objects with their boxes [x1, y1, x2, y2] in fractions of its width and height.",
  "Answer as if you saw the image itself: never mention the description, and give no coordinates.",
].join(" ")

/** Asks a language model for the answer to compare with: a text-only one, which knows the image by captions and boxes. */
export function referenceMessages(question: string, context: ImageDescription): ChatMessage[] {
  return [
    { role: "system", content: system },
    { role: "user", content: `${describeImage(context)}\n\n${question}` },
  ]
}
