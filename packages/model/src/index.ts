export { activationSchema } from "./contract/activation-schema.ts"
export type { KvCache, KvCacheOptions } from "./contract/kv-cache.ts"
export type { ForwardOptions, LanguageModel } from "./contract/language-model.ts"
export {
  definePart,
  type GgufKeys,
  type GgufShapes,
  type GgufTarget,
  type LanguageModelPart,
  type Part,
  type PartBase,
  type ProjectorPart,
  type VisionEncoderPart,
} from "./contract/part.ts"
export type { Projector, ProjectorConfig } from "./contract/projector.ts"
export type { StandardIssue, StandardResult, StandardSchema } from "./contract/standard-schema.ts"
export type { EncodeImageOptions, VisionEncoder } from "./contract/vision-encoder.ts"
export { AttentionCache, type AttentionCacheOptions } from "./decoder/attention-cache.ts"
export { DecoderStep } from "./decoder/decoder-step.ts"
export { languageModelHead } from "./decoder/language-model-head.ts"
export { Generation, type GenerationPiece, type GenerationResult } from "./generation/generation.ts"
export type { SamplingOptions } from "./generation/sampling-options.ts"
export { samplingProbabilities } from "./generation/sampling-probabilities.ts"
export { composeLlava } from "./llava/compose-llava.ts"
export type { GenerateOptions } from "./llava/generate-options.ts"
export { Llava } from "./llava/llava.ts"
export type { LlavaOptions } from "./llava/llava-settings.ts"
export type { ScoreOptions, ScoreResult } from "./llava/score.ts"
export { type SplicedBatch, type SpliceRow, spliceBatch } from "./llava/splice-batch.ts"
export type { PartSources } from "./load/find-parts.ts"
export { type LoadedEncoder, loadEncoder } from "./load/load-encoder.ts"
export { type GgufFiles, loadGguf } from "./load/load-gguf.ts"
export { loadLlava } from "./load/load-llava.ts"
export { type LoadModuleOptions, loadModule } from "./load/load-module.ts"
export type { LoadOptions, LoadProgress } from "./load/load-options.ts"
export { type LoadedParts, type LoadPartsOptions, loadParts } from "./load/load-parts.ts"
export type { ImageManifest, Manifest } from "./load/manifest.ts"
export type { ModelFolder } from "./load/model-folder.ts"
export type { ModelSource } from "./load/model-source.ts"
export { openModelFolder } from "./load/open-model-folder.ts"
export { parsePartConfig } from "./load/parse-part-config.ts"
export type { PartSource } from "./load/part-source.ts"
export { type ImageProcessor, readImageProcessor } from "./load/read-image-processor.ts"
export { readJson } from "./load/read-json.ts"
export type { WeightDType } from "./load/weight-dtype.ts"
export { ModelError } from "./model-error.ts"
export { type SaveOptions, saveLlava } from "./save/save-llava.ts"
export type { SavedDType } from "./save/saved-tensors.ts"
