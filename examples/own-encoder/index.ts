import { definePart, type VisionEncoder } from "@llava/model"
import { add, attention, concat, group, LayerNorm, Linear, Parameter, patchEmbedding, type Tensor } from "@llava/tensor"
import { z } from "zod"

/** `vision_config` of config.json, with the defaults that its files leave out. */
const configSchema = z.object({
  hidden_size: z.int().positive().default(768),
  intermediate_size: z.int().positive().default(3072),
  num_hidden_layers: z.int().positive().default(12),
  num_attention_heads: z.int().positive().default(12),
  image_size: z.int().positive().default(224),
  patch_size: z.int().positive().default(16),
  layer_norm_eps: z.number().default(1e-6),
})

type Config = z.infer<typeof configSchema>

/** One block. Members are named as the tensors of a checkpoint are: `encoder.layers.0.mlp.fc1.weight`. */
function makeLayer({ hidden_size: size, intermediate_size, layer_norm_eps }: Config) {
  return group({
    layer_norm1: new LayerNorm(size, layer_norm_eps),
    self_attn: group({
      q_proj: new Linear(size, size),
      k_proj: new Linear(size, size),
      v_proj: new Linear(size, size),
      out_proj: new Linear(size, size),
    }),
    layer_norm2: new LayerNorm(size, layer_norm_eps),
    mlp: group({ fc1: new Linear(size, intermediate_size), fc2: new Linear(intermediate_size, size) }),
  })
}

/** `[batch, patches, size]` -> the same. */
function runLayer(
  { layer_norm1, self_attn, layer_norm2, mlp }: ReturnType<typeof makeLayer>,
  x: Tensor,
  heads: number,
) {
  const [batch, patches, size] = x.shape as [number, number, number]
  const normal = layer_norm1.forward(x)
  const split = (linear: Linear) => linear.forward(normal).reshape([batch, patches, heads, size / heads])
  const mixed = attention(split(self_attn.q_proj), split(self_attn.k_proj), split(self_attn.v_proj)) // as split
  const attended = self_attn.out_proj.forward(mixed.reshape([batch, patches, size]), { residual: x })
  const wide = mlp.fc1.forward(layer_norm2.forward(attended), { activation: "gelu_tanh" })
  return mlp.fc2.forward(wide, { residual: attended })
}

/** SigLIP's image tower (Zhai et al. 2023): a vision transformer without class token. */
function siglipVision(config: Config): VisionEncoder {
  const { hidden_size: size, patch_size, image_size: edge, num_hidden_layers, num_attention_heads } = config
  const patches = Math.floor(edge / patch_size) ** 2
  const patch_embedding = group({
    weight: new Parameter([size, 3, patch_size, patch_size]),
    bias: new Parameter([size]),
  })
  const position_embedding = group({ weight: new Parameter([patches, size]) })
  const layers = Array.from({ length: num_hidden_layers }, () => makeLayer(config))
  const half = [0.5, 0.5, 0.5] as const
  const image: VisionEncoder["image"] = { size: edge, mean: half, std: half, resample: "bicubic", fit: "stretch" }
  const encode: VisionEncoder["encode"] = (pixels, { layers: chosen = [-2] } = {}) => {
    using scope = pixels.device.scope()
    const { weight, bias } = patch_embedding
    const embedded = patchEmbedding(pixels, weight.tensor, { bias: bias.tensor }) // [batch, patches, size]
    const states = [add(embedded, position_embedding.weight.tensor)]
    for (const layer of layers) states.push(runLayer(layer, states.at(-1)!, num_attention_heads))
    return scope.keep(
      concat(
        chosen.map((layer) => states.at(layer)!),
        2,
      ),
    ) // [batch, patches, size * chosen]
  }
  return group({
    modelType: "siglip_vision_model",
    image,
    featureSize: size,
    layers: num_hidden_layers,
    tokens: () => patches,
    encode,
    embeddings: group({ patch_embedding, position_embedding }),
    encoder: group({ layers }),
  })
}

/** Found by `"vision_config": { "model_type": "siglip_vision_model" }`. */
export default definePart({
  kind: "vision-encoder",
  modelType: "siglip_vision_model",
  configSchema,
  build: siglipVision,
  // Older files have one more level; a LLaVA uses neither the last norm nor the pooling head.
  keys: (name) =>
    /^(vision_model\.)?(head|post_layernorm)\./.test(name) ? undefined : name.replace(/^vision_model\./, ""),
})
