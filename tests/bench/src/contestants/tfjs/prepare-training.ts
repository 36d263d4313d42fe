import { randomIds } from "../../data/random-ids.ts"
import { rotaryAngles } from "../../data/rotary-angles.ts"
import { trainingSettings, trainingWeights } from "../../data/training-weights.ts"
import type { TrainingWork } from "../../plan/work.ts"
import type { Prepared } from "../contestant.ts"
import { processPeak, startProcessPeak } from "../process-peak.ts"
import type { Tfjs, TfjsTensor } from "./tfjs.ts"

/** A training step with TensorFlow.js's own Adam and cross-entropy, in its operations. */
export async function prepareTraining(tf: Tfjs, work: TrainingWork): Promise<Prepared> {
  startProcessPeak()
  const { batch, tokens, vocabulary } = work
  const { learningRate, beta1, beta2, epsilon } = trainingSettings
  const weights = new Map<string, TfjsTensor>()
  for (const [name, { values, shape }] of trainingWeights(work, { turned: true })) {
    weights.set(name, tf.variable(tf.tensor(values, shape), true, name))
  }
  const optimizer = tf.train.adam(learningRate, beta1, beta2, epsilon)
  const ids = randomIds("ids", batch * tokens, vocabulary)
  const decoder = new Decoder(tf, work, weights)
  return {
    async run() {
      const loss = tf.tidy(() => {
        const words = tf.tensor(ids, [batch, tokens], "int32")
        return optimizer.minimize(() => decoder.loss(words), true)
      })
      const value = await loss.data()
      loss.dispose()
      // The step ends once its last weights are there, not with the loss, which is early in the queue.
      const norm = weights.get("model.norm.weight")!
      await norm.data()
      await tf.tidy(() => weights.get("model.embed_tokens.weight")!.slice([0, 0], [1, 1])).data()
      return value.slice()
    },
    facts: () => ({ "MiB at most": processPeak() }),
    async [Symbol.asyncDispose]() {
      optimizer.dispose()
      decoder.dispose()
      for (const weight of weights.values()) weight.dispose()
    },
  }
}

/** A decoder of LLaMA's design; matrices `[in, out]`. */
class Decoder {
  readonly #tf: Tfjs
  readonly #work: TrainingWork
  readonly #weights: ReadonlyMap<string, TfjsTensor>
  readonly #cosines: TfjsTensor
  readonly #sines: TfjsTensor
  readonly #mask: TfjsTensor

  constructor(tf: Tfjs, work: TrainingWork, weights: ReadonlyMap<string, TfjsTensor>) {
    const { tokens, size, heads } = work
    const { cosines, sines } = rotaryAngles(tokens, size / heads)
    this.#tf = tf
    this.#work = work
    this.#weights = weights
    this.#cosines = tf.tensor(cosines, [1, 1, tokens, size / heads])
    this.#sines = tf.tensor(sines, [1, 1, tokens, size / heads])
    const later = Float32Array.from({ length: tokens ** 2 }, (_, i) => (i % tokens > Math.floor(i / tokens) ? -1e9 : 0))
    this.#mask = tf.tensor(later, [1, 1, tokens, tokens])
  }

  /** The mean loss of the next words. */
  loss(words: TfjsTensor): TfjsTensor {
    const { batch, tokens, size, vocabulary, layers } = this.#work
    let hidden = this.#tf.gather(this.#weight("model.embed_tokens"), words.reshape([batch * tokens])) // [rows, size]
    for (let layer = 0; layer < layers; layer++) hidden = this.#layer(hidden, `model.layers.${layer}`)
    const predicting = this.#norm(hidden, "model.norm")
      .reshape([batch, tokens, size])
      .slice([0, 0, 0], [batch, tokens - 1, size])
      .reshape([batch * (tokens - 1), size])
    const next = words.slice([0, 1], [batch, tokens - 1]).reshape([batch * (tokens - 1)])
    const logits = this.#product(predicting, "lm_head")
    return this.#tf.losses.softmaxCrossEntropy(this.#tf.oneHot(next, vocabulary), logits)
  }

  dispose(): void {
    for (const tensor of [this.#cosines, this.#sines, this.#mask]) tensor.dispose()
  }

  #weight(path: string): TfjsTensor {
    return this.#weights.get(`${path}.weight`)!
  }

  #product(x: TfjsTensor, path: string): TfjsTensor {
    return this.#tf.matMul(x, this.#weight(path))
  }

  #norm(x: TfjsTensor, path: string): TfjsTensor {
    const inverse = x.square().mean(-1, true).add(trainingSettings.normEpsilon).rsqrt()
    return x.mul(inverse).mul(this.#weight(path))
  }

  #layer(x: TfjsTensor, path: string): TfjsTensor {
    const attended = x.add(this.#attention(this.#norm(x, `${path}.input_layernorm`), `${path}.self_attn`))
    const normed = this.#norm(attended, `${path}.post_attention_layernorm`)
    const gate = this.#product(normed, `${path}.mlp.gate_proj`)
    const gated = gate.mul(gate.sigmoid()).mul(this.#product(normed, `${path}.mlp.up_proj`))
    return attended.add(this.#product(gated, `${path}.mlp.down_proj`))
  }

  #attention(x: TfjsTensor, path: string): TfjsTensor {
    const { batch, tokens, size, heads } = this.#work
    const headSize = size / heads
    const [query, key, value] = ["q", "k", "v"].map((part) =>
      this.#product(x, `${path}.${part}_proj`).reshape([batch, tokens, heads, headSize]).transpose([0, 2, 1, 3]),
    ) as [TfjsTensor, TfjsTensor, TfjsTensor] // [batch, heads, tokens, headSize]
    const scores = this.#tf.matMul(this.#rotated(query), this.#rotated(key), false, true).mul(headSize ** -0.5)
    const mixed = this.#tf.matMul(this.#tf.softmax(scores.add(this.#mask)), value)
    return this.#product(mixed.transpose([0, 2, 1, 3]).reshape([batch * tokens, size]), `${path}.o_proj`)
  }

  /** Rotary positions, the halves of a head as pairs. */
  #rotated(x: TfjsTensor): TfjsTensor {
    const { batch, tokens, size, heads } = this.#work
    const half = size / heads / 2
    const part = (begin: number) => x.slice([0, 0, 0, begin], [batch, heads, tokens, half])
    const turned = this.#tf.concat([part(half).neg(), part(0)], 3)
    return x.mul(this.#cosines).add(turned.mul(this.#sines))
  }
}
