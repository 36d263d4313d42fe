import type { LanguageModelV4, ProviderV4 } from "@ai-sdk/provider"
import type { Template } from "@llava/core"
import type { Part } from "@llava/model"
import { createProviderRegistry, generateText, type LanguageModel, Output, streamText } from "ai"
import { expectTypeOf } from "vitest"
import { createLlava, type LlavaLanguageModelOptions, type LlavaProvider, llava } from "./index.ts"

// Compiled with everything else (`tsc`), never run.
expectTypeOf(llava).toEqualTypeOf<LlavaProvider>()
expectTypeOf(llava).toExtend<ProviderV4>()
expectTypeOf(llava.languageModel("nano")).toEqualTypeOf<LanguageModelV4>()
expectTypeOf(llava("nano")).toExtend<LanguageModel>()
expectTypeOf(createLlava).returns.toEqualTypeOf<LlavaProvider>()
expectTypeOf(createLlava).parameter(0).exclude<undefined>().toHaveProperty("template")
expectTypeOf(createLlava).toBeCallableWith({ dtype: "q8_0", template: "vicuna_v1", parts: [] as Part[] })
expectTypeOf(createLlava).toBeCallableWith({ template: {} as Template, onProgress: ({ stage }) => void stage })
expectTypeOf(createLlava({})).toExtend<AsyncDisposable>()

// @ts-expect-error: a signal belongs to a call, not to the provider
createLlava({ signal: new AbortController().signal })
// @ts-expect-error: no such form of weights
createLlava({ dtype: "q3" })
// @ts-expect-error: a name is needed
llava.languageModel()

expectTypeOf<LlavaLanguageModelOptions>().toEqualTypeOf<{
  minP?: number | undefined
  repetitionPenalty?: number | undefined
  ignoreEndOfSequence?: boolean | undefined
}>()

expectTypeOf(generateText({ model: llava("nano"), prompt: "Hello" }))
  .resolves.toHaveProperty("text")
  .toBeString()
expectTypeOf(streamText({ model: llava("nano"), prompt: "Hello" }).textStream).toExtend<AsyncIterable<string>>()
expectTypeOf(createProviderRegistry({ llava }).languageModel).toBeCallableWith("llava:nano")
expectTypeOf(generateText).toBeCallableWith({ model: llava("nano"), prompt: "Hello", output: Output.text() })
