import type { LanguageModelV4, ProviderV4 } from "@ai-sdk/provider"

/**
 * Models by what `openModel` calls them: a folder, a known name, a hub id or a GGUF file. A model is opened at its first
 * call and stays open until the provider is disposed of: `await using llava = createLlava()`.
 */
export interface LlavaProvider extends ProviderV4, AsyncDisposable {
  (modelId: string): LanguageModelV4
  languageModel(modelId: string): LanguageModelV4
}
