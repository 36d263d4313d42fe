import {
  type Checkpoint,
  type GgufToWrite,
  openCheckpoint,
  type StoredTensor,
  type TensorToWrite,
  writeGguf,
} from "@llava/checkpoint"

/** Names of a Hugging Face LLaVA in the language model's GGUF. */
const languageNames: readonly (readonly [RegExp, string])[] = [
  [/^model\.embed_tokens\.weight$/, "token_embd.weight"],
  [/^model\.norm\.weight$/, "output_norm.weight"],
  [/^lm_head\.weight$/, "output.weight"],
  [/^model\.layers\.(\d+)\.input_layernorm/, "blk.$1.attn_norm"],
  [/^model\.layers\.(\d+)\.post_attention_layernorm/, "blk.$1.ffn_norm"],
  [/^model\.layers\.(\d+)\.self_attn\.([qkv])_proj/, "blk.$1.attn_$2"],
  [/^model\.layers\.(\d+)\.self_attn\.o_proj/, "blk.$1.attn_output"],
  [/^model\.layers\.(\d+)\.mlp\.(gate|up|down)_proj/, "blk.$1.ffn_$2"],
]

export interface LanguageSizes {
  vocab_size: number
  hidden_size: number
  intermediate_size: number
  num_hidden_layers: number
  num_attention_heads: number
  num_key_value_heads: number
  max_position_embeddings: number
}

/** Writes the language model of a Hugging Face LLaVA as llama.cpp's converter does: query and key rows interleaved. */
export async function writeLanguageGguf(
  path: string,
  source: string,
  sizes: LanguageSizes,
  architecture = "llama",
  more: GgufToWrite["metadata"] = {},
): Promise<void> {
  await using checkpoint = await openCheckpoint(source)
  const tensors: TensorToWrite[] = []
  for (const [fullName, stored] of checkpoint.tensors) {
    const name = fullName.replace(/^language_model\./, "")
    const found = languageNames.find(([pattern]) => pattern.test(name))
    if (!found) continue
    const bytes = await stored.read()
    const kind = /self_attn\.([qk])_proj/.exec(name)?.[1]
    const heads = kind === "q" ? sizes.num_attention_heads : sizes.num_key_value_heads
    tensors.push({
      name: name.replace(found[0], found[1]),
      dtype: stored.dtype,
      shape: stored.shape,
      bytes: kind === undefined ? bytes : interleave(bytes, stored.shape[0]!, heads),
    })
  }
  const key = (name: string) => `${architecture}.${name}`
  await writeGguf(path, {
    metadata: {
      "general.architecture": architecture,
      [key("vocab_size")]: sizes.vocab_size,
      [key("context_length")]: sizes.max_position_embeddings,
      [key("embedding_length")]: sizes.hidden_size,
      [key("block_count")]: sizes.num_hidden_layers,
      [key("feed_forward_length")]: sizes.intermediate_size,
      [key("attention.head_count")]: sizes.num_attention_heads,
      [key("attention.head_count_kv")]: sizes.num_key_value_heads,
      [key("attention.layer_norm_rms_epsilon")]: { type: "FLOAT32", value: 1e-6 },
      [key("rope.dimension_count")]: sizes.hidden_size / sizes.num_attention_heads,
      [key("rope.freq_base")]: { type: "FLOAT32", value: 10000 },
      ...more,
    },
    tensors,
  })
}

/** Row i of a head's first half and row i of its second half become rows 2i and 2i + 1. */
function interleave(bytes: Uint8Array, rows: number, heads: number): Uint8Array {
  const rowBytes = bytes.byteLength / rows
  const headRows = rows / heads
  const result = new Uint8Array(bytes.byteLength)
  for (let row = 0; row < rows; row++) {
    const within = row % headRows
    const half = headRows / 2
    const target = row - within + (within < half ? 2 * within : 2 * (within - half) + 1)
    result.set(bytes.subarray(row * rowBytes, (row + 1) * rowBytes), target * rowBytes)
  }
  return result
}

export interface MmprojOptions {
  /** Blocks to write; LLaVA's converter leaves out the last. */
  blocks: number
  /** The norm after the last block. */
  postNorm?: boolean
  /** Older converters called the widening layer `ffn_down`. */
  exchanged?: boolean
  /** `clip.vision.feature_layer` */
  featureLayers?: number[]
  projectorType?: string
  /** Names of the projector's layers: `mm.0`, or `mm` for a single one. */
  projectorName?: (name: string) => string
}

export interface VisionSizes {
  hidden_size: number
  intermediate_size: number
  num_attention_heads: number
  image_size: number
  patch_size: number
}

const visionNames: readonly (readonly [RegExp, string])[] = [
  [/^embeddings\.class_embedding$/, "v.class_embd"],
  [/^embeddings\.patch_embedding/, "v.patch_embd"],
  [/^embeddings\.position_embedding/, "v.position_embd"],
  [/^pre_layrnorm/, "v.pre_ln"],
  [/^post_layernorm/, "v.post_ln"],
  [/^encoder\.layers\.(\d+)\.self_attn\.([qkv])_proj/, "v.blk.$1.attn_$2"],
  [/^encoder\.layers\.(\d+)\.self_attn\.out_proj/, "v.blk.$1.attn_out"],
  [/^encoder\.layers\.(\d+)\.layer_norm([12])/, "v.blk.$1.ln$2"],
  [/^encoder\.layers\.(\d+)\.mlp\.fc1/, "v.blk.$1.ffn_up"],
  [/^encoder\.layers\.(\d+)\.mlp\.fc2/, "v.blk.$1.ffn_down"],
]

/** Writes an `mmproj` file from a model's tower and projector, as llama.cpp's converters do. */
export async function writeMmproj(
  path: string,
  sources: readonly string[],
  sizes: VisionSizes,
  options: MmprojOptions,
): Promise<void> {
  await using opened = new AsyncDisposableStack()
  const tensors: TensorToWrite[] = []
  for (const source of sources) {
    const checkpoint: Checkpoint = opened.use(await openCheckpoint(source))
    for (const [name, stored] of checkpoint.tensors) {
      const target = mmprojName(name, options)
      if (target !== undefined) tensors.push(await toWrite(target, stored))
    }
  }
  await writeGguf(path, {
    metadata: {
      "general.architecture": "clip",
      "clip.has_text_encoder": false,
      "clip.has_vision_encoder": true,
      "clip.has_llava_projector": true,
      "clip.projector_type": options.projectorType ?? "mlp",
      "clip.use_gelu": false,
      "clip.vision.image_size": sizes.image_size,
      "clip.vision.patch_size": sizes.patch_size,
      "clip.vision.embedding_length": sizes.hidden_size,
      "clip.vision.feed_forward_length": sizes.intermediate_size,
      "clip.vision.projection_dim": 512,
      "clip.vision.attention.head_count": sizes.num_attention_heads,
      "clip.vision.attention.layer_norm_epsilon": { type: "FLOAT32", value: 1e-5 },
      "clip.vision.block_count": options.blocks,
      "clip.vision.image_mean": Float32Array.of(0.48145466, 0.4578275, 0.40821073),
      "clip.vision.image_std": Float32Array.of(0.26862954, 0.26130258, 0.27577711),
      ...(options.featureLayers && {
        "clip.vision.feature_layer": Int32Array.from(options.featureLayers),
      }),
    },
    tensors,
  })
}

function mmprojName(name: string, options: MmprojOptions): string | undefined {
  const projector = /^(?:model\.)?(?:multi_modal_projector|mm_projector)\.(.+)$/.exec(name)?.[1]
  if (projector !== undefined) {
    const sequential = projector.replace(/^linear_(\d)/, (_, number) => `${2 * (Number(number) - 1)}`)
    return options.projectorName ? options.projectorName(sequential) : `mm.${sequential}`
  }
  const inTower = name.replace(/^vision_tower\./, "").replace(/^vision_model\./, "")
  const found = visionNames.find(([pattern]) => pattern.test(inTower))
  if (!found) return undefined
  const target = inTower.replace(found[0], found[1])
  const block = /^v\.blk\.(\d+)\./.exec(target)?.[1]
  if (block !== undefined && Number(block) >= options.blocks) return undefined
  if (target.startsWith("v.post_ln") && !options.postNorm) return undefined
  if (!options.exchanged) return target
  return target.replace(/ffn_(up|down)/, (_, kind) => (kind === "up" ? "ffn_down" : "ffn_up"))
}

async function toWrite(name: string, stored: StoredTensor): Promise<TensorToWrite> {
  return { name, dtype: stored.dtype, shape: stored.shape, bytes: await stored.read() }
}
