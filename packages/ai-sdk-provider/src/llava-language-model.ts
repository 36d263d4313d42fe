import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamResult,
} from "@ai-sdk/provider"
import { type JsonSchema, jsonGrammar } from "@llava/core"
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
    const { model, options, warnings } = await this.#prepare(call)
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
    const { model, options, warnings } = await this.#prepare(call)
    const { includeRawChunks = false } = call
    return { stream: streamAnswer(model, options, { modelId: this.modelId, warnings, includeRawChunks }) }
  }

  /** What is wrong with the call is said before a model is opened for it. */
  async #prepare(call: LanguageModelV4CallOptions) {
    const { options, warnings } = toGenerateOptions(call)
    const model = await untilAborted(this.#open(), call.abortSignal)
    if (call.responseFormat?.type !== "json") return { model, options, warnings }
    const { tokenizer, languageModel } = model
    const schema = call.responseFormat.schema as JsonSchema | undefined
    const grammar = jsonGrammar({ tokenizer, vocabSize: languageModel.vocabSize, schema })
    return { model, options: { ...options, constrain: () => grammar.begin() }, warnings }
  }
}
