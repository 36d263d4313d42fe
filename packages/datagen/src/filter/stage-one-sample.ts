import type { TrainingSample } from "@llava/core"
import { hashNumber } from "../random/hash-number.ts"
import { briefInstructions } from "./brief-instructions.ts"
import type { CaptionPair } from "./caption-pair.ts"

/**
 * A sample of stage 1: one of the brief instructions with `<image>` before or after it, answered by the caption. Which
 * one depends on the seed and the pair alone, not on the pairs around it.
 */
export function stageOneSample({ id, image, caption }: CaptionPair, seed: number): TrainingSample {
  const draw = hashNumber(seed, id, image, caption)
  const question = briefInstructions[(draw >> 1) % briefInstructions.length]!
  return {
    id,
    image,
    conversations: [
      { from: "human", value: draw & 1 ? `<image>\n${question}` : `${question}\n<image>` },
      { from: "gpt", value: caption },
    ],
  }
}
