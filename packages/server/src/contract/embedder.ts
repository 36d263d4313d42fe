import type { ImageInput, Tokenizer } from "@llava/core"

/** What the server needs to embed with. A `Clip` is one. */
export interface Embedder {
  /** One vector per image. */
  embedImages(images: readonly ImageInput[], signal?: AbortSignal): Promise<Float32Array[]>
  /** One vector per text. */
  embedTexts(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>
  readonly tokenizer: Tokenizer
}
