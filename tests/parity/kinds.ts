import type { KindCheck } from "./kind-check.ts"
import { checkAdamw } from "./kinds/adamw.ts"
import { checkClip } from "./kinds/clip.ts"
import { checkClipVision } from "./kinds/clip-vision.ts"
import { checkGgufBlocks } from "./kinds/gguf-blocks.ts"
import { checkGgufLanguageModel } from "./kinds/gguf-language-model.ts"
import { checkImageProcessor } from "./kinds/image-processor.ts"
import { checkLlama } from "./kinds/llama.ts"
import { checkLlava } from "./kinds/llava.ts"
import { checkLlavaOriginal } from "./kinds/llava-original.ts"
import { checkLora } from "./kinds/lora.ts"
import { checkPrompts } from "./kinds/prompts.ts"
import { checkSampling } from "./kinds/sampling.ts"
import { checkTorchFiles } from "./kinds/torch-files.ts"

/** What is checked of each kind of fixture. */
export const kinds: Readonly<Record<string, KindCheck>> = {
  adamw: checkAdamw,
  clip: checkClip,
  "clip-vision": checkClipVision,
  "gguf-blocks": checkGgufBlocks,
  "gguf-language-model": checkGgufLanguageModel,
  "image-processor": checkImageProcessor,
  llama: checkLlama,
  llava: checkLlava,
  "llava-original": checkLlavaOriginal,
  lora: checkLora,
  prompts: checkPrompts,
  sampling: checkSampling,
  "torch-files": checkTorchFiles,
}
