import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { byteToCharacter } from "@llava/core"
import { llamaConfigSchema } from "@llava/llama"

/** A language model of about 340 MB in f16, all weights zero: big enough to tell copies apart from overhead. */
export const bigModel = llamaConfigSchema.parse({
  vocab_size: 32_000,
  hidden_size: 1024,
  intermediate_size: 2816,
  num_hidden_layers: 8,
  num_attention_heads: 16,
  max_position_embeddings: 128,
})

export interface NamedShape {
  name: string
  shape: readonly number[]
}

/** Its tensors, by their names in Hugging Face's layout. */
export function bigModelTensors(): NamedShape[] {
  const { hidden_size: hidden, intermediate_size: inner, vocab_size: vocabulary, num_hidden_layers } = bigModel
  const layers = Array.from({ length: num_hidden_layers }, (_, layer) =>
    [
      ...["input_layernorm", "post_attention_layernorm"].map((name) => ({ name, shape: [hidden] })),
      ...["q", "k", "v", "o"].map((kind) => ({ name: `self_attn.${kind}_proj`, shape: [hidden, hidden] })),
      ...["gate", "up"].map((kind) => ({ name: `mlp.${kind}_proj`, shape: [inner, hidden] })),
      { name: "mlp.down_proj", shape: [hidden, inner] },
    ].map(({ name, shape }) => ({ name: `model.layers.${layer}.${name}.weight`, shape })),
  )
  return [
    { name: "model.embed_tokens.weight", shape: [vocabulary, hidden] },
    ...layers.flat(),
    { name: "model.norm.weight", shape: [hidden] },
    { name: "lm_head.weight", shape: [vocabulary, hidden] },
  ]
}

/** Zeros in pieces, lest the writer takes the memory that is to be measured. */
export function* zeros(bytes: number): Generator<Uint8Array> {
  const piece = new Uint8Array(2 ** 20)
  for (let left = bytes; left > 0; left -= piece.length) yield piece.subarray(0, Math.min(left, piece.length))
}

/** Everything of a folder but the weights. */
export async function writeBigModelFiles(folder: string): Promise<void> {
  const { rope: _, ...config } = bigModel
  await writeFile(join(folder, "config.json"), JSON.stringify(config))
  await writeFile(join(folder, "tokenizer.json"), byteTokenizerJson())
}

/** A tokenizer of single bytes. */
export function byteTokenizerJson(): string {
  const byteLevel = { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: false }
  return JSON.stringify({
    version: "1.0",
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: byteLevel,
    post_processor: null,
    decoder: byteLevel,
    model: {
      type: "BPE",
      vocab: Object.fromEntries(Array.from(byteToCharacter, (character, byte) => [character, byte])),
      merges: [],
    },
  })
}
