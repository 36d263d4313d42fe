import type { GenerationResult, Llava } from "@llava/model"

/** What `--json` prints for an answer. Times are in milliseconds. */
export interface AnswerReport {
  model: string
  template: string
  adapter: { name: string; software: boolean }
  images: readonly string[]
  prompt: string
  answer: string
  tokenIds: readonly number[]
  finishReason: GenerationResult["finishReason"]
  tokens: { prompt: number; image: number; generated: number }
  timings: { loadMs: number; encodeMs: number; prefillMs: number; decodeMs: number; tokensPerSecond: number }
  memory: { gpuPeakBytes: number }
}

export interface AnsweredPrompt {
  /** As the user named it. */
  name: string
  model: Llava
  images: readonly string[]
  prompt: string
  loadMs: number
  result: GenerationResult
}

export function answerReport({ name, model, images, prompt, loadMs, result }: AnsweredPrompt): AnswerReport {
  const { text, tokenIds, finishReason, usage, timings } = result
  const { device, template } = model
  return {
    model: name,
    template: template.name,
    adapter: { name: device.profile.name, software: device.profile.software },
    images,
    prompt,
    answer: text,
    tokenIds,
    finishReason,
    tokens: { prompt: usage.promptTokens, image: usage.imageTokens, generated: usage.generatedTokens },
    timings: { loadMs, ...timings },
    memory: { gpuPeakBytes: device.memory.peakBytes },
  }
}
