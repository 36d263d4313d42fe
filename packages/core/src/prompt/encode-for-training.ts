import type { TrainingSample } from "../dataset/training-sample.ts"
import type { Segment, Template, Turn } from "../template/template.ts"
import type { Tokenizer } from "../tokenizer/tokenizer.ts"
import { checkImagesKept } from "./check-images-kept.ts"
import type { MessagesInput, TurnsInput } from "./conversation-input.ts"
import { encodeSegments } from "./encode-segments.ts"
import type { ImageOptions } from "./image-options.ts"
import { PromptError } from "./prompt-error.ts"
import { readConversation } from "./read-conversation.ts"
import { unguard } from "./unguard.ts"

/** A sample of a LLaVA file: its turns, its images and its id in one. */
export interface SampleInput {
  sample: TrainingSample
}

export type EncodeForTrainingOptions = (SampleInput | ((MessagesInput | TurnsInput) & { sampleId?: string | number })) &
  ImageOptions & { template: Template; tokenizer: Tokenizer }

export interface EncodedSample {
  /** Token ids; -200 (`IMAGE_TOKEN_INDEX`) for each image, in the order of the conversation. */
  ids: number[]
  /** As long as `ids`: the id where it is learned, else -100 (`IGNORE_INDEX`). Not shifted. */
  labels: number[]
  text: string
  images: number
}

/**
 * A finished conversation as ids and labels, in one pass. The result is that of `preprocess` in
 * llava/train/train.py, except where that counts tokens wrongly and silently masks the whole sample: here the labels
 * are right, or an error names the sample.
 *
 * @throws PromptError with the sample's id when roles, images and text do not fit together or nothing can be learned;
 * TemplateError when a chat template refuses.
 */
export function encodeForTraining(options: EncodeForTrainingOptions): EncodedSample {
  if (!("sample" in options)) return namingSample(options.sampleId, () => encode(options))
  const { sample, ...rest } = options
  const images = sample.image === undefined ? 0 : Array.isArray(sample.image) ? sample.image.length : 1
  return namingSample(sample.id, () => encode({ ...rest, turns: sample.conversations, images }))
}

function encode(
  options: (MessagesInput | TurnsInput) & ImageOptions & { template: Template; tokenizer: Tokenizer },
): EncodedSample {
  const { template, tokenizer, imageTokenId } = options
  const { turns, images } = readConversation({ ...options, purpose: "training" })
  const segments = template.renderTraining(turns)
  checkAnswered(segments, turns)
  const text = unguard(segments.map((segment) => segment.text).join(""))
  const addSpecialTokens = template.addsSpecialTokens(text)
  const { ids, labels } = encodeSegments(segments, { tokenizer, addSpecialTokens, imageTokenId })
  checkImagesKept(ids, images, template, options)
  return { ids, labels, text, images }
}

/** A sample must end with something to learn; one that ends with an open turn is a prompt. */
function checkAnswered(segments: readonly Segment[], turns: readonly Turn[]): void {
  if (segments.findLast((segment) => segment.text !== "")?.learned) return
  if (turns.at(-1)?.role === "user") {
    throw new PromptError("The last turn is a question, and there is no answer to learn.", {
      code: "answer-missing",
      fix: "Add the answer, or take the question out.",
    })
  }
  throw new PromptError("The last answer is empty, and there is nothing to learn.", {
    code: "empty-answer",
    fix: "Write the answer, or take the last question and answer out.",
  })
}

function namingSample<Result>(sample: string | number | undefined, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (sample === undefined || !(error instanceof PromptError)) throw error
    throw new PromptError(error.what, { code: error.code, ...(error.fix && { fix: error.fix }), sample, cause: error })
  }
}
