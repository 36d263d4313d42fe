import { randomIds } from "../../data/random-ids.ts"
import { rotaryAngles } from "../../data/rotary-angles.ts"
import { trainingSettings, trainingWeights } from "../../data/training-weights.ts"
import type { TrainingWork } from "../../plan/work.ts"
import type { Prepared } from "../contestant.ts"
import { processPeak, startProcessPeak } from "../process-peak.ts"
import type { JaxArray, JaxArrays, JaxJs } from "./jax-js.ts"

interface State {
  readonly weights: JaxArrays
  readonly first: JaxArrays
  readonly second: JaxArrays
}

/** A training step, compiled as a whole by `jit`: `valueAndGrad` of the loss, and Adam written out. */
export async function prepareTraining(jax: JaxJs, work: TrainingWork): Promise<Prepared> {
  startProcessPeak()
  const { numpy } = jax
  const { batch, tokens, vocabulary } = work
  const weights = Object.fromEntries(
    Array.from(trainingWeights(work, { turned: true }), ([name, { values, shape }]) => [
      name,
      numpy.array(values, { shape }),
    ]),
  )
  const zeros = () => mapped(weights, (weight) => numpy.zerosLike(weight.ref))
  let state: State = { first: zeros(), second: zeros(), weights }
  const ids = numpy.array(randomIds("ids", batch * tokens, vocabulary), { shape: [batch, tokens], dtype: numpy.int32 })
  const decoder = new Decoder(jax, work)
  const gradientOf = jax.valueAndGrad((weights, ids) => decoder.loss(weights, ids))
  const step = jax.jit((state: State, ids: JaxArray, corrections: JaxArray): [JaxArray, State] => {
    const [loss, gradients] = gradientOf(
      mapped(state.weights, (weight) => weight.ref),
      ids,
    )
    return [loss, adam(jax, state, gradients, corrections)]
  })
  let steps = 0
  return {
    async run() {
      steps++
      const { beta1, beta2 } = trainingSettings
      const corrections = Float32Array.of(1 / (1 - beta1 ** steps), 1 / (1 - beta2 ** steps))
      const [loss, next] = step(state, ids.ref, numpy.array(corrections, { shape: [2] }))
      state = next
      await jax.blockUntilReady(mapped(state.weights, (weight) => weight))
      return loss.data()
    },
    facts: () => ({ "MiB at most": processPeak() }),
    async [Symbol.asyncDispose]() {
      for (const arrays of [state.weights, state.first, state.second]) mapped(arrays, (array) => array.dispose())
      ids.dispose()
      step.dispose()
    },
  }
}

function mapped<Result>(arrays: JaxArrays, change: (array: JaxArray, name: string) => Result): Record<string, Result> {
  return Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, change(array, name)]))
}

function adam({ numpy }: JaxJs, { weights, first, second }: State, gradients: JaxArrays, corrections: JaxArray): State {
  const { learningRate, beta1, beta2, epsilon } = trainingSettings
  const m = mapped(gradients, (gradient, name) => first[name]!.mul(beta1).add(gradient.ref.mul(1 - beta1)))
  const v = mapped(gradients, (gradient, name) => second[name]!.mul(beta2).add(numpy.square(gradient).mul(1 - beta2)))
  const changed = mapped(weights, (weight, name) => {
    const direction = m[name]!.ref.mul(corrections.ref.slice(0))
    const size = numpy.sqrt(v[name]!.ref.mul(corrections.ref.slice(1))).add(epsilon)
    return weight.sub(direction.div(size).mul(learningRate))
  })
  corrections.dispose()
  return { weights: changed, first: m, second: v }
}

/** A decoder of LLaMA's design; matrices `[in, out]`. Every function consumes what it is given. */
class Decoder {
  readonly #jax: JaxJs
  readonly #work: TrainingWork
  readonly #angles: { readonly cosines: Float32Array; readonly sines: Float32Array }

  constructor(jax: JaxJs, work: TrainingWork) {
    this.#jax = jax
    this.#work = work
    this.#angles = rotaryAngles(work.tokens, work.size / work.heads)
  }

  /** The mean loss of the next words. */
  loss(weights: JaxArrays, ids: JaxArray): JaxArray {
    const { nn, numpy } = this.#jax
    const { batch, tokens, size, vocabulary, layers } = this.#work
    const rows = batch * (tokens - 1)
    let hidden = numpy.take(weights["model.embed_tokens.weight"]!, ids.ref.reshape([batch * tokens]), 0) // [rows, size]
    for (let layer = 0; layer < layers; layer++) hidden = this.#layer(hidden, weights, `model.layers.${layer}`)
    const normed = this.#norm(hidden, weights["model.norm.weight"]!)
    const predicting = normed
      .reshape([batch, tokens, size])
      .slice([], [0, tokens - 1], [])
      .reshape([rows, size])
    const next = ids.slice([], [1, tokens]).reshape([rows])
    const scores = nn.logSoftmax(numpy.matmul(predicting, weights["lm_head.weight"]!), -1)
    return numpy.sum(scores.mul(nn.oneHot(next, vocabulary))).mul(-1 / rows)
  }

  #norm(x: JaxArray, weight: JaxArray): JaxArray {
    const { numpy } = this.#jax
    const size = numpy.sqrt(numpy.mean(numpy.square(x.ref), -1, { keepdims: true }).add(trainingSettings.normEpsilon))
    return x.div(size).mul(weight)
  }

  #layer(x: JaxArray, weights: JaxArrays, path: string): JaxArray {
    const { nn, numpy } = this.#jax
    const weight = (name: string) => weights[`${path}.${name}.weight`]!
    const attended = x.ref.add(this.#attention(this.#norm(x, weight("input_layernorm")), weight))
    const normed = this.#norm(attended.ref, weight("post_attention_layernorm"))
    const gate = nn.silu(numpy.matmul(normed.ref, weight("mlp.gate_proj")))
    const gated = gate.mul(numpy.matmul(normed, weight("mlp.up_proj")))
    return attended.add(numpy.matmul(gated, weight("mlp.down_proj")))
  }

  #attention(x: JaxArray, weight: (name: string) => JaxArray): JaxArray {
    const { nn, numpy } = this.#jax
    const { batch, tokens, size, heads } = this.#work
    const shape = [batch, tokens, heads, size / heads]
    const query = numpy.matmul(x.ref, weight("self_attn.q_proj")).reshape(shape)
    const key = numpy.matmul(x.ref, weight("self_attn.k_proj")).reshape(shape)
    const value = numpy.matmul(x, weight("self_attn.v_proj")).reshape(shape)
    const mixed = nn.dotProductAttention(this.#rotated(query), this.#rotated(key), value, { isCausal: true })
    return numpy.matmul(mixed.reshape([batch * tokens, size]), weight("self_attn.o_proj"))
  }

  /** Rotary positions, the halves of a head as pairs. */
  #rotated(x: JaxArray): JaxArray {
    const { numpy } = this.#jax
    const { tokens, size, heads } = this.#work
    const headSize = size / heads
    const shape = [1, tokens, 1, headSize]
    const cosines = numpy.array(this.#angles.cosines, { shape })
    const sines = numpy.array(this.#angles.sines, { shape })
    const second = x.ref.slice([], [], [], [headSize / 2, headSize])
    const first = x.ref.slice([], [], [], [0, headSize / 2])
    const turned = numpy.concatenate([numpy.negative(second), first], 3)
    return x.mul(cosines).add(turned.mul(sines))
  }
}
