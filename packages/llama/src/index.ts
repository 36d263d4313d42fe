export {}
export { type LlamaConfig, llamaConfigSchema } from "./config/llama-config.ts"
export { LlamaLanguageModel } from "./decoder/llama-language-model.ts"
export { llama } from "./decoder/llama-part.ts"
