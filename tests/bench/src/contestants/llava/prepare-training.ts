import { LlamaLanguageModel, llamaConfigSchema } from "@llava/llama"
import { AdamW, type Device, matmul, Tensor } from "@llava/tensor"
import { randomIds } from "../../data/random-ids.ts"
import { randomValues } from "../../data/random-values.ts"
import { trainingSettings, trainingWeights } from "../../data/training-weights.ts"
import { trainingArithmetic } from "../../plan/training-arithmetic.ts"
import type { TrainingWork } from "../../plan/work.ts"
import { median } from "../../run/median.ts"
import type { Prepared } from "../contestant.ts"
import { processPeak, startProcessPeak } from "../process-peak.ts"

/** Rows, inputs and outputs of the product that the step's rate is set beside. */
const PRODUCT = 1024

/** A training step, and beside each one a large product for the rate. */
export async function prepareTraining(device: Device, work: TrainingWork): Promise<Prepared> {
  startProcessPeak()
  const { batch, tokens, vocabulary } = work
  const model = trainedModel(device, work)
  const { learningRate, beta1, beta2, epsilon } = trainingSettings
  const optimizer = new AdamW([{ parameters: model.namedParameters() }], { betas: [beta1, beta2], epsilon })
  const ids = randomIds("ids", batch * tokens, vocabulary)
  const terms = batch * (tokens - 1)
  let rate = 0
  const shares: number[] = []
  const factor = randomValues("factor", PRODUCT * PRODUCT)
  return {
    async run() {
      const start = performance.now()
      using loss = step(device, model, ids, [batch, tokens])
      optimizer.step({ learningRate })
      optimizer.clearGradients()
      const [sum] = (await loss.read()) as Float32Array
      await device.synchronize()
      rate = trainingArithmetic(work) / (performance.now() - start)
      return Float32Array.of(sum! / terms)
    },
    async measureBeside() {
      using a = Tensor.from(device, factor, [PRODUCT, PRODUCT])
      await device.synchronize()
      const start = performance.now()
      using _ = matmul(a, a)
      await device.synchronize()
      const productRate = (2 * PRODUCT ** 3) / (performance.now() - start)
      shares.push((100 * rate) / productRate)
    },
    facts: () => ({
      "MiB at most": processPeak(),
      "MiB of buffers at most": device.memory.peakBytes / 2 ** 20,
      ...(shares.length > 0 && { "% of its matmul rate": median(shares) }),
    }),
    async [Symbol.asyncDispose]() {
      optimizer[Symbol.dispose]()
      model[Symbol.dispose]()
    },
  }
}

function trainedModel(device: Device, work: TrainingWork): LlamaLanguageModel {
  const config = llamaConfigSchema.parse({
    vocab_size: work.vocabulary,
    hidden_size: work.size,
    intermediate_size: work.intermediate,
    num_hidden_layers: work.layers,
    num_attention_heads: work.heads,
    max_position_embeddings: work.tokens,
    rms_norm_eps: trainingSettings.normEpsilon,
    tie_word_embeddings: false,
  })
  const model = new LlamaLanguageModel(config, device)
  const weights = trainingWeights(work)
  for (const [path, parameter] of model.namedParameters()) {
    const { values, shape } = weights.get(path)!
    parameter.set(Tensor.from(device, values, shape))
    parameter.trainable = true
  }
  return model
}

/** Forward and backward: f32 `[2]`, the summed loss and the number of its terms. */
function step(device: Device, model: LlamaLanguageModel, ids: Int32Array, [batch, tokens]: [number, number]): Tensor {
  using _ = device.scope()
  using tape = device.record()
  const words = Tensor.from(device, ids, [batch, tokens])
  const hidden = model.forward(model.embed(words)) // [batch, tokens, size]
  const loss = model.loss(hidden, words) // [2]
  tape.backward(loss, Tensor.from(device, Float32Array.of(1 / (batch * (tokens - 1)), 0), [2]))
  return loss.retain()
}
