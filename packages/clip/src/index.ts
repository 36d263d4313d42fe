export { ClipModel } from "./clip-model.ts"
export {
  type ClipConfig,
  type ClipTextConfig,
  type ClipVisionConfig,
  clipConfigSchema,
  clipTextConfigSchema,
  clipVisionConfigSchema,
} from "./config/clip-config.ts"
export { clipVisionPresets } from "./config/clip-presets.ts"
export { contrastiveLoss } from "./contrastive/contrastive-loss.ts"
export {
  type ContrastiveObjective,
  contrastiveObjective,
  type ImageTextBatch,
} from "./contrastive/contrastive-objective.ts"
export { ClipTextTower } from "./text/clip-text-tower.ts"
export { TokenWiseClip, type TokenWiseClipOptions } from "./token-wise/token-wise-clip.ts"
export { type TokenWiseLossInput, tokenWiseLoss } from "./token-wise/token-wise-loss.ts"
export { tokenWiseObjective } from "./token-wise/token-wise-objective.ts"
export { tokenWiseSimilarity } from "./token-wise/token-wise-similarity.ts"
export { type ClipTextInputs, clipTextInputs } from "./tokenizer/clip-text-inputs.ts"
export { type ClipTokenizerFiles, clipTokenizer } from "./tokenizer/clip-tokenizer.ts"
export { gunzipText } from "./tokenizer/gunzip-text.ts"
export { type ClipFiles, loadClipTokenizerFiles } from "./tokenizer/load-clip-tokenizer-files.ts"
export { clipVision } from "./vision/clip-vision-part.ts"
export { ClipVisionTower } from "./vision/clip-vision-tower.ts"
export { Clip, type ClipOptions, type ZeroShotOptions } from "./zero-shot/clip.ts"
export { type LoadClipOptions, loadClip } from "./zero-shot/load-clip.ts"
export { zeroShotProbabilities } from "./zero-shot/zero-shot-probabilities.ts"
