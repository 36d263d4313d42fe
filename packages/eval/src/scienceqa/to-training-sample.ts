import { IMAGE_PLACEHOLDER, type TrainingSample } from "@llava/core"
import { buildExample } from "./build-example.ts"
import type { Problem } from "./problem.ts"
import type { PromptFormat } from "./prompt-format.ts"

export interface ToTrainingSampleOptions {
  format: PromptFormat
  /** Where the image goes in the question. Default: last, as LLaVA's files have it; first for `v1.5`. */
  image?: "first" | "last"
  useCaption?: boolean
}

/** A problem as a sample of LLaVA's training files; the image is at `<id>/<name>`. */
export function toTrainingSample(id: string, problem: Problem, options: ToTrainingSampleOptions): TrainingSample {
  const { format, image = format === "v1.5" ? "first" : "last", useCaption = false } = options
  const { input, output } = buildExample(problem, format, { useCaption })
  const parts = image === "first" ? [IMAGE_PLACEHOLDER, input] : [input, IMAGE_PLACEHOLDER]
  const hasImage = problem.image !== ""
  return {
    id,
    ...(hasImage ? { image: `${id}/${problem.image}` } : {}),
    conversations: [
      { from: "human", value: hasImage ? parts.join("\n") : input },
      { from: "gpt", value: output },
    ],
  }
}
