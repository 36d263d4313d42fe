import {
  AttentionCache,
  DecoderStep,
  definePart,
  type LanguageModel,
  languageModelLogits,
  languageModelLoss,
} from "@llava/model"
import {
  add,
  type Device,
  Embedding,
  group,
  LayerNorm,
  type MatmulOptions,
  matmul,
  Parameter,
  slice,
  type Tensor,
} from "@llava/tensor"
import { z } from "zod"

/** `text_config` of config.json, with the defaults that its files leave out. */
const configSchema = z.object({
  vocab_size: z.int().positive().default(50257),
  n_embd: z.int().positive().default(768),
  n_layer: z.int().positive().default(12),
  n_head: z.int().positive().default(12),
  n_inner: z.int().positive().optional(),
  n_positions: z.int().positive().default(1024),
  layer_norm_epsilon: z.number().default(1e-5),
  activation_function: z.literal("gelu_new").default("gelu_new"),
  tie_word_embeddings: z.boolean().default(true),
})

type Config = z.infer<typeof configSchema>

/** GPT-2 stores its matrices as `[in, out]`. */
const makeProjection = (from: number, to: number) =>
  group({ weight: new Parameter([from, to]), bias: new Parameter([to]) })

const project = (x: Tensor, { weight, bias }: ReturnType<typeof makeProjection>, options: MatmulOptions = {}) =>
  matmul(x, weight.tensor, { bias: bias.tensor, ...options })

/** One block. Members are named as the tensors of a checkpoint are: `h.0.mlp.c_fc.weight`. */
function makeBlock({ n_embd: size, n_inner: inner = 4 * size, layer_norm_epsilon: epsilon }: Config) {
  return group({
    ln_1: new LayerNorm(size, epsilon),
    attn: group({ c_attn: makeProjection(size, 3 * size), c_proj: makeProjection(size, size) }),
    ln_2: new LayerNorm(size, epsilon),
    mlp: group({ c_fc: makeProjection(size, inner), c_proj: makeProjection(inner, size) }),
  })
}

/** GPT-2 (Radford et al. 2019). */
function gpt2(config: Config, device: Device): LanguageModel {
  const { vocab_size, n_embd: size, n_layer, n_head: heads, n_positions } = config
  const wte = new Embedding(vocab_size, size)
  const wpe = new Embedding(n_positions, size)
  const h = Array.from({ length: n_layer }, () => makeBlock(config))
  const ln_f = new LayerNorm(size, config.layer_norm_epsilon)
  const lm_head = config.tie_word_embeddings ? wte : new Embedding(vocab_size, size)

  const forward: LanguageModel["forward"] = (embeddings, options) => {
    using scope = device.scope()
    const step = new DecoderStep(embeddings, n_positions, options)
    let x = add(embeddings, wpe.forward(step.positions)) // [batch, tokens, size]
    const [batch, tokens] = x.shape as [number, number, number]
    for (const [layer, { ln_1, attn, ln_2, mlp }] of h.entries()) {
      const together = project(ln_1.forward(x), attn.c_attn).reshape([batch, tokens, 3 * heads, size / heads])
      const [query, key, value] = [0, 1, 2].map((i) => slice(together, 2, i * heads, (i + 1) * heads)) as [
        Tensor,
        Tensor,
        Tensor,
      ]
      const mixed = step.attend(layer, query, key, value).reshape([batch, tokens, size])
      x = add(x, project(mixed, attn.c_proj))
      x = add(x, project(project(ln_2.forward(x), mlp.c_fc, { activation: "gelu_tanh" }), mlp.c_proj))
    }
    return scope.keep(ln_f.forward(x))
  }
  return group({
    modelType: "gpt2",
    hiddenSize: size,
    vocabSize: vocab_size,
    maxPositions: n_positions,
    embed: (ids: Tensor) => wte.forward(ids),
    forward,
    logits: (hidden: Tensor, rows?: readonly number[]) => languageModelLogits(hidden, lm_head.weight, rows),
    loss: (hidden: Tensor, labels: Tensor) => languageModelLoss(hidden, lm_head.weight, labels),
    createCache: (options) =>
      new AttentionCache(device, { layers: n_layer, heads, headSize: size / heads, ...options }),
    wte,
    wpe,
    h,
    ln_f,
    ...(config.tie_word_embeddings ? {} : { lm_head }),
  })
}

/** Found by `"text_config": { "model_type": "gpt2" }`. */
export default definePart({
  kind: "language-model",
  modelType: "gpt2",
  configSchema,
  build: gpt2,
  // `transformer.h.0...` in files of GPT-2 alone, `model.h.0...` in a LLaVA; the causal mask is no weight.
  keys: (name) => (/\.attn\.(masked_)?bias$/.test(name) ? undefined : name.replace(/^(model|transformer)\./, "")),
})
