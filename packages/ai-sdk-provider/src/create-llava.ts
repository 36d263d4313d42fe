import { NoSuchModelError } from "@ai-sdk/provider"
import { openModel } from "@llava/hub"
import { LlavaLanguageModel } from "./llava-language-model.ts"
import type { LlavaProvider } from "./llava-provider.ts"
import type { LlavaProviderSettings } from "./llava-provider-settings.ts"
import { OpenModels } from "./open-models.ts"

/** A provider whose models are opened with these settings, in this process: no server is asked. */
export function createLlava(settings: LlavaProviderSettings = {}): LlavaProvider {
  const models = new OpenModels((modelId) => openModel(modelId, settings))
  const languageModel = (modelId: string) => new LlavaLanguageModel(modelId, () => models.get(modelId))
  const none = (modelType: "embeddingModel" | "imageModel") => (modelId: string) => {
    throw new NoSuchModelError({ modelId, modelType, message: `A LLaVA answers in text; there is no ${modelType}.` })
  }
  return Object.assign((modelId: string) => languageModel(modelId), {
    specificationVersion: "v4" as const,
    languageModel,
    embeddingModel: none("embeddingModel"),
    imageModel: none("imageModel"),
    [Symbol.asyncDispose]: () => models[Symbol.asyncDispose](),
  })
}
