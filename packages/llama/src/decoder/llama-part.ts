import { definePart } from "@llava/model"
import type { Device } from "@llava/tensor"
import { type LlamaConfig, llamaConfigSchema } from "../config/llama-config.ts"
import { llamaGguf } from "../keys/llama-gguf.ts"
import { llamaKeys } from "../keys/llama-keys.ts"
import { ggufTokenizer } from "../tokenizer/gguf-tokenizer.ts"
import { ggufTokenizerFiles } from "../tokenizer/gguf-tokenizer-files.ts"
import { loadTokenizerFiles } from "../tokenizer/load-tokenizer-files.ts"
import { LlamaLanguageModel } from "./llama-language-model.ts"

/** The LLaMA-family decoder as a part of a LLaVA. */
export const llama = definePart({
  kind: "language-model",
  modelType: /^(llama|llava|llava_llama)$/,
  configSchema: llamaConfigSchema,
  build: (config: LlamaConfig, device: Device) => new LlamaLanguageModel(config, device),
  keys: llamaKeys,
  gguf: llamaGguf,
  loadTokenizer: loadTokenizerFiles,
  ggufTokenizer,
  ggufTokenizerFiles,
})
