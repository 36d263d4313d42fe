import type { AnswerFacts } from "../conversation/answer-facts.ts"
import type { ChatMessage } from "./chat-message.ts"
import { readEvents } from "./read-events.ts"
import { RequestProblem } from "./request-problem.ts"
import type { Sampling } from "./sampling.ts"
import { sendRequest } from "./send-request.ts"

export interface StreamAnswerOptions {
  model: string
  messages: readonly ChatMessage[]
  sampling: Sampling
  signal: AbortSignal
  onText: (piece: string) => void
}

interface Chunk {
  choices?: readonly { delta?: { content?: string | null }; finish_reason?: string | null }[]
  usage?: {
    prompt_tokens: number
    completion_tokens: number
    prompt_tokens_details?: { cached_tokens?: number; image_tokens?: number } | null
  } | null
  remarks?: readonly string[]
  error?: { message: string }
}

/** Asks /v1/chat/completions and hands on the text as it comes. Errors: RequestProblem, or the signal's reason. */
export async function streamAnswer(options: StreamAnswerOptions): Promise<AnswerFacts> {
  const { model, messages, sampling, signal, onText } = options
  const { temperature, topP, maxTokens, seed } = sampling
  const start = performance.now()
  const response = await sendRequest("v1/chat/completions", {
    json: {
      model,
      messages,
      temperature,
      top_p: topP,
      max_tokens: maxTokens,
      ...(seed === null ? {} : { seed }),
      stream: true,
      stream_options: { include_usage: true },
    },
    signal,
  })
  let facts: AnswerFacts = { model, totalMs: 0 }
  let ended = false
  for await (const chunk of chunksOf(response, signal)) {
    const [choice] = chunk.choices ?? []
    const piece = choice?.delta?.content
    if (piece) {
      if (facts.firstMs === undefined) facts = { ...facts, firstMs: performance.now() - start }
      onText(piece)
    }
    if (choice?.finish_reason) {
      facts = { ...facts, finishReason: choice.finish_reason }
      ended = true
    }
    if (chunk.remarks) facts = { ...facts, remarks: chunk.remarks }
    if (chunk.usage) facts = { ...facts, ...countsOf(chunk.usage) }
  }
  if (!ended) throw brokenOff
  return { ...facts, totalMs: performance.now() - start }
}

async function* chunksOf(response: Response, signal: AbortSignal): AsyncGenerator<Chunk, void> {
  if (!response.body) throw brokenOff
  try {
    for await (const data of readEvents(response.body)) {
      if (data === "[DONE]") return
      const chunk = JSON.parse(data) as Chunk
      if (chunk.error) {
        throw new RequestProblem({ message: chunk.error.message, nextStep: "Try again, or ask in another way." })
      }
      yield chunk
    }
  } catch (error) {
    signal.throwIfAborted()
    throw error instanceof RequestProblem ? error : brokenOff
  }
}

function countsOf({ prompt_tokens, completion_tokens, prompt_tokens_details }: NonNullable<Chunk["usage"]>) {
  const { cached_tokens: cached, image_tokens: images } = prompt_tokens_details ?? {}
  return {
    promptTokens: prompt_tokens,
    answerTokens: completion_tokens,
    ...(images === undefined ? {} : { imageTokens: images }),
    ...(cached === undefined ? {} : { cachedTokens: cached }),
  }
}

const brokenOff = new RequestProblem({
  message: "The answer broke off before its end.",
  nextStep: "Look whether the server is still running, then try again.",
})
