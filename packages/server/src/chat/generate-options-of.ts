import type { GenerateOptions } from "@llava/model"
import type { ServedModel } from "../contract/served-model.ts"
import { ApiError } from "../error/api-error.ts"
import type { ChatRequest } from "../schema/chat-request.ts"
import type { ServerLimits } from "../server-limits.ts"
import { constrainOf } from "./constrain-of.ts"

/** How each choice of a request is made, except for its messages. Errors: ApiError 400 past the limits. */
export function generateOptionsOf(
  request: ChatRequest,
  { engine, temperature = 1 }: ServedModel,
  limits: Pick<ServerLimits, "tokens">,
): Omit<GenerateOptions, "messages" | "seed"> {
  const stop = request.stop ?? []
  const constrain = constrainOf(request.response_format, engine)
  return {
    maxNewTokens: tokensOf(request, limits.tokens ?? engine.languageModel.maxPositions, limits.tokens !== undefined),
    temperature: request.temperature ?? temperature,
    topP: request.top_p ?? 1,
    topK: request.top_k ?? 0,
    minP: request.min_p ?? 0,
    repetitionPenalty: request.repetition_penalty ?? 1,
    ignoreEndOfSequence: request.ignore_eos ?? false,
    stop: typeof stop === "string" ? [stop] : stop,
    ...(constrain && { constrain }),
    ...(request.logprobs && { logProbabilities: request.top_logprobs ?? 0 }),
  }
}

function tokensOf({ max_tokens, max_completion_tokens }: ChatRequest, limit: number, isStated: boolean): number {
  const [param, wanted] =
    max_completion_tokens == null ? ["max_tokens", max_tokens] : ["max_completion_tokens", max_completion_tokens]
  if (wanted == null) return limit
  if (wanted <= limit || !isStated) return Math.min(wanted, limit)
  throw new ApiError(`${param} is ${wanted}; this server makes answers of at most ${limit} tokens.`, {
    status: 400,
    code: "invalid_value",
    param,
  })
}
