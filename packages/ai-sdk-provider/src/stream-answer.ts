import type { LanguageModelV4StreamPart, SharedV4Warning } from "@ai-sdk/provider"
import type { GenerateOptions, Generation, Llava } from "@llava/model"
import { toAnswerDetails } from "./to-answer-details.ts"

export interface StreamAnswerOptions {
  modelId: string
  warnings: SharedV4Warning[]
  includeRawChunks: boolean
}

/** The parts of an answer as they become known. Who cancels the stream stops the model. */
export function streamAnswer(
  model: Llava,
  options: GenerateOptions,
  about: StreamAnswerOptions,
): ReadableStream<LanguageModelV4StreamPart> {
  const left = new AbortController()
  const signal = AbortSignal.any([left.signal, ...(options.signal ? [options.signal] : [])])
  const parts = partsOf(model.generate({ ...options, signal }), signal, about)
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next()
      if (left.signal.aborted) return
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel() {
      left.abort()
    },
  })
}

async function* partsOf(
  generation: Generation,
  signal: AbortSignal,
  { modelId, warnings, includeRawChunks }: StreamAnswerOptions,
): AsyncGenerator<LanguageModelV4StreamPart, undefined> {
  yield { type: "stream-start", warnings }
  yield { type: "response-metadata", modelId, timestamp: new Date() }
  const id = "0"
  let begun = false
  try {
    for await (const piece of generation) {
      if (includeRawChunks) yield { type: "raw", rawValue: piece }
      if (piece.text === "") continue
      if (!begun) yield { type: "text-start", id }
      begun = true
      yield { type: "text-delta", id, delta: piece.text }
    }
    const details = toAnswerDetails(await generation.result)
    if (begun) yield { type: "text-end", id }
    yield { type: "finish", ...details }
  } catch (error) {
    // AI SDK knows an aborted call by the stream's own failure.
    signal.throwIfAborted()
    yield { type: "error", error }
    yield { type: "finish", finishReason: { unified: "error", raw: undefined }, usage: unknownUsage }
  }
}

const unknownUsage = {
  inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: undefined, text: undefined, reasoning: undefined },
}
