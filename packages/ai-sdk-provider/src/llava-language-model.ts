import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamResult,
} from "@ai-sdk/provider"
import type { Llava } from "@llava/model"
import { streamAnswer } from "./stream-answer.ts"
import { toAnswerDetails } from "./to-answer-details.ts"
import { toGenerateOptions } from "./to-generate-options.ts"
import { untilAborted } from "./until-aborted.ts"

/** A LLaVA as a language model of AI SDK (specification v4). Settings that it has no use for become warnings. */
export class LlavaLanguageModel implements LanguageModelV4 {
  readonly specificationVersion = "v4"
  readonly provider = "llava"
  readonly modelId: string
  /** None: AI SDK downloads pictures itself, by the rules that the application gave it. */
  readonly supportedUrls = {}
  readonly #open: () => Promise<Llava>

  constructor(modelId: string, open: () => Promise<Llava>) {
    this.modelId = modelId
    this.#open = open
  }

  async doGenerate(call: LanguageModelV4CallOptions): Promise<LanguageModelV4GenerateResult> {
    const { options, warnings } = toGenerateOptions(call)
    const model = await untilAborted(this.#open(), call.abortSignal)
    const timestamp = new Date()
    const result = await model.generate(options).result
    return {
      content: result.text === "" ? [] : [{ type: "text", text: result.text }],
      ...toAnswerDetails(result),
      response: { modelId: this.modelId, timestamp },
      warnings,
    }
  }

  async doStream(call: LanguageModelV4CallOptions): Promise<LanguageModelV4StreamResult> {
    const { options, warnings } = toGenerateOptions(call)
    const model = await untilAborted(this.#open(), call.abortSignal)
    const { includeRawChunks = false } = call
    return { stream: streamAnswer(model, options, { modelId: this.modelId, warnings, includeRawChunks }) }
  }
}
