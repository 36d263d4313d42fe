import { InvalidArgumentError, type LanguageModelV4CallOptions, type SharedV4Warning } from "@ai-sdk/provider"
import type { GenerateOptions } from "@llava/model"
import { llavaLanguageModelOptionsSchema } from "./llava-language-model-options.ts"
import { toMessages } from "./to-messages.ts"

/** What `Llava.generate` is to be given for a call, and warnings about what of the call it cannot do. */
export function toGenerateOptions(call: LanguageModelV4CallOptions): {
  options: GenerateOptions
  warnings: SharedV4Warning[]
} {
  const { messages, warnings } = toMessages(call.prompt)
  const { temperature, topP, topK, seed, maxOutputTokens, stopSequences, abortSignal } = call
  return {
    options: {
      messages,
      ...(temperature !== undefined && { temperature }),
      ...(topP !== undefined && { topP }),
      ...(topK !== undefined && { topK }),
      ...(seed !== undefined && { seed }),
      ...(maxOutputTokens !== undefined && { maxNewTokens: maxOutputTokens }),
      ...(stopSequences !== undefined && { stop: stopSequences }),
      ...(abortSignal && { signal: abortSignal }),
      ...ownOptions(call),
    },
    warnings: [...warnings, ...ignoredSettings(call)],
  }
}

function ownOptions({ providerOptions }: LanguageModelV4CallOptions) {
  const parsed = llavaLanguageModelOptionsSchema.safeParse(providerOptions?.["llava"] ?? {})
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!
    throw new InvalidArgumentError({
      argument: ["providerOptions", "llava", ...path].join("."),
      message: `providerOptions.llava: ${[...path, message].join(": ")}`,
      cause: parsed.error,
    })
  }
  const { minP, repetitionPenalty, ignoreEndOfSequence } = parsed.data
  return {
    ...(minP !== undefined && { minP }),
    ...(repetitionPenalty !== undefined && { repetitionPenalty }),
    ...(ignoreEndOfSequence !== undefined && { ignoreEndOfSequence }),
  }
}

function ignoredSettings(call: LanguageModelV4CallOptions): SharedV4Warning[] {
  const warnings: SharedV4Warning[] = []
  const warn = (feature: string, details?: string) =>
    warnings.push({ type: "unsupported", feature, ...(details !== undefined && { details }) })
  const instead = "providerOptions.llava.repetitionPenalty is what these models have."
  if (call.presencePenalty) warn("presencePenalty", instead)
  if (call.frequencyPenalty) warn("frequencyPenalty", instead)
  if (call.tools && call.tools.length > 0) warn("tools")
  if (call.toolChoice?.type === "required" || call.toolChoice?.type === "tool") warn("toolChoice")
  if (call.reasoning !== undefined && !["provider-default", "none"].includes(call.reasoning)) warn("reasoning")
  const unused = (["topP", "topK"] as const).filter((name) => call[name] !== undefined)
  if (!call.temperature && unused.length > 0) {
    const message = `At temperature 0, the default, the likeliest token is taken: ${unused.join(" and ")} changed nothing.`
    warnings.push({ type: "other", message })
  }
  return warnings
}
