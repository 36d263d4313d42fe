import {
  AttentionCache,
  AttentionPages,
  DecoderStep,
  definePart,
  type LanguageModel,
  languageModelHead,
} from "@llava/model"
import { add, type Device, Embedding, group, LayerNorm, matmul, Parameter, slice, type Tensor } from "@llava/tensor"
import { z } from "zod"

/** `text_config` of config.json, with the defaults that its files leave out. */
const configSchema = z.object({
  vocab_size: z.int().positive().default(50257),
  n_embd: z.int().positive().default(768),
  n_layer: z.int().positive().default(12),
  n_head: z.int().positive().default(12),
  n_positions: z.int().positive().default(1024),
  layer_norm_epsilon: z.number().default(1e-5),
  activation_function: z.literal("gelu_new").default("gelu_new"),
  tie_word_embeddings: z.boolean().default(true),
})

type Config = z.infer<typeof configSchema>

/** GPT-2 stores its matrices as `[in, out]`. */
const makeProjection = (inputs: number, outputs: number) =>
  group({ weight: new Parameter([inputs, outputs]), bias: new Parameter([outputs]) })

type Projection = ReturnType<typeof makeProjection>

const project = (x: Tensor, { weight, bias }: Projection, options: { activation?: "gelu_tanh" } = {}) =>
  matmul(x, weight.tensor, { bias: bias.tensor, ...options })

/** One block. Members are named as the tensors of a checkpoint are: `h.0.mlp.c_fc.weight`. */
function makeBlock({ n_embd: size, layer_norm_epsilon }: Config) {
  return group({
    ln_1: new LayerNorm(size, layer_norm_epsilon),
    attn: group({ c_attn: makeProjection(size, 3 * size), c_proj: makeProjection(size, size) }),
    ln_2: new LayerNorm(size, layer_norm_epsilon),
    mlp: group({ c_fc: makeProjection(size, 4 * size), c_proj: makeProjection(4 * size, size) }),
  })
}

/** GPT-2 (Radford et al. 2019). */
function gpt2(config: Config, device: Device): LanguageModel {
  const { vocab_size: vocabSize, n_embd: size, n_layer: layers, n_head: heads, n_positions: maxPositions } = config
  const wte = new Embedding(vocabSize, size)
  const wpe = new Embedding(maxPositions, size)
  const h = Array.from({ length: layers }, () => makeBlock(config))
  const ln_f = new LayerNorm(size, config.layer_norm_epsilon)
  const lm_head = config.tie_word_embeddings ? undefined : new Embedding(vocabSize, size)

  const forward: LanguageModel["forward"] = (embeddings, options) => {
    using scope = device.scope()
    const [batch, tokens] = embeddings.shape as [number, number, number]
    const step = new DecoderStep(embeddings, maxPositions, options)
    let x = add(embeddings, wpe.forward(step.positions)) // [batch, tokens, size]
    for (const [layer, { ln_1, attn, ln_2, mlp }] of h.entries()) {
      const qkv = project(ln_1.forward(x), attn.c_attn).reshape([batch, tokens, 3 * heads, size / heads])
      const part = (i: number) => slice(qkv, 2, i * heads, (i + 1) * heads) // [batch, tokens, heads, headSize]
      const mixed = step.attend(layer, part(0), part(1), part(2)).reshape([batch, tokens, size])
      x = add(x, project(mixed, attn.c_proj))
      x = add(x, project(project(ln_2.forward(x), mlp.c_fc, { activation: "gelu_tanh" }), mlp.c_proj))
    }
    return scope.keep(ln_f.forward(x))
  }

  const sizes = { layers, heads, headSize: size / heads }
  const caches: Pick<LanguageModel, "createCache" | "createPagedCache"> = {
    createCache: (options) => new AttentionCache(device, { ...sizes, ...options }),
    createPagedCache: (options) => new AttentionPages(device, { ...sizes, ...options }),
  }
  const embed = (ids: Tensor) => wte.forward(ids)
  const contract = { modelType: "gpt2", hiddenSize: size, vocabSize, maxPositions, embed, forward, ...caches }
  return group({ ...contract, ...languageModelHead((lm_head ?? wte).weight), wte, wpe, h, ln_f, lm_head })
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
