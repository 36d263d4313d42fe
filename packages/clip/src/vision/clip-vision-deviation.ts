import type { ClipVisionConfig } from "../config/clip-config.ts"

/** Standard deviation that weights of a new tower begin with, as transformers' CLIPVisionModel does; biases are 0. */
export function clipVisionDeviation(path: string, { hidden_size, num_hidden_layers }: ClipVisionConfig): number {
  if (path.endsWith(".bias")) return 0
  if (path === "embeddings.class_embedding") return hidden_size ** -0.5
  if (path.startsWith("embeddings.")) return 0.02
  if (/\.out_proj\./.test(path)) return hidden_size ** -0.5
  if (/\.fc1\./.test(path)) return (2 * hidden_size) ** -0.5
  return (2 * hidden_size * num_hidden_layers) ** -0.5
}
