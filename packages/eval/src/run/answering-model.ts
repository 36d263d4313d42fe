import type { Message } from "@llava/core"

/** What a run needs of a model; what `openModel` of `@llava/hub` opens has it. */
export interface AnsweringModel {
  /** What is recorded of the model beside each answer. */
  readonly options: {
    readonly template: { readonly name: string }
    readonly imageAspectRatio?: string
    readonly selectLayers?: readonly number[]
    readonly selectFeature?: string
  }
  /** Undefined for a model of language alone. */
  readonly encoder?: unknown
  /** Answers conversations side by side, each as if it were alone. */
  generateBatch(options: {
    rows: readonly { messages: readonly Message[]; seed: number }[]
    maxNewTokens: number
    temperature: number
    topP: number
    signal?: AbortSignal
  }): Promise<
    readonly {
      text: string
      finishReason: "stop" | "length"
      usage: { promptTokens: number; imageTokens: number; generatedTokens: number }
    }[]
  >
}
