import type { Message } from "@llava/core"

/** What answering problems needs of a model; what `openModel` of `@llava/hub` opens has it. */
export interface ProblemAnsweringModel {
  generateBatch(options: {
    rows: readonly { messages: readonly Message[]; begun?: string; seed: number }[]
    maxNewTokens: number
    temperature: number
    topP: number
    stop?: readonly string[]
    signal?: AbortSignal
  }): Promise<readonly { text: string; finishReason: "stop" | "length"; usage: TokenUsage }[]>
  score(options: { messages: readonly Message[]; choices: readonly string[]; signal?: AbortSignal }): Promise<{
    scores: readonly number[]
    tokenCounts: readonly number[]
  }>
}

export interface TokenUsage {
  promptTokens: number
  imageTokens: number
  generatedTokens: number
}
