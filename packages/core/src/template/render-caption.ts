import { IMAGE_PLACEHOLDER } from "../prompt/image-placeholder.ts"
import { PromptError } from "../prompt/prompt-error.ts"
import type { ConversationFormat } from "./conversation-format.ts"
import type { Segment, Turn } from "./template.ts"

/**
 * A stage-1 sample: the image, its caption and a newline. Whatever the question says is dropped; caption and newline
 * are learned (`preprocess_plain` of llava/train/train.py).
 */
export function renderCaption(format: ConversationFormat, turns: readonly Turn[]): Segment[] {
  const [question, caption] = turns
  if (turns.length !== 2 || question?.role !== "user" || caption?.role !== "assistant") {
    throw new PromptError("The plain template takes one question and one caption.", {
      code: "roles-out-of-order",
      fix: "Give two turns, human then gpt, or choose a conversation template.",
    })
  }
  if (!question.text.includes(IMAGE_PLACEHOLDER)) {
    throw new PromptError("The plain template needs an image in the question, and there is none.", {
      code: "image-missing",
      fix: `Put ${IMAGE_PLACEHOLDER} into the first turn.`,
    })
  }
  return [
    { text: IMAGE_PLACEHOLDER, learned: false },
    { text: caption.text + format.separator, learned: true },
  ]
}
