import { AssembledTokenizer, findTemplate } from "@llava/core"
import { LlamaLanguageModel, llamaConfigSchema } from "@llava/llama"
import { composeLlava, type Llava } from "@llava/model"
import type { Device } from "@llava/tensor"
import { fillRandomly } from "../contestants/llava/fill-randomly.ts"

/** A language model of nano's sizes with random weights, whose tokens are bytes. */
export async function randomModel(device: Device): Promise<Llava> {
  const config = llamaConfigSchema.parse({
    vocab_size: 256,
    hidden_size: 128,
    intermediate_size: 320,
    num_hidden_layers: 3,
    num_attention_heads: 4,
    max_position_embeddings: 512,
  })
  const languageModel = new LlamaLanguageModel(config, device)
  await fillRandomly(device, languageModel, "f32")
  const tokenizer = new AssembledTokenizer({
    tokens: Array.from({ length: 256 }, (_, byte) => `byte ${byte}`),
    encodeText: (text) => [...new TextEncoder().encode(text)],
    tokenBytes: (id) => Uint8Array.of(id),
    addedTokens: [],
    prefix: [],
    suffix: [],
    stripsLeadingSpace: false,
  })
  return composeLlava({ device, languageModel, tokenizer, template: findTemplate("vicuna_v1") })
}
