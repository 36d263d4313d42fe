import type { TrainingSizes } from "../plan/work.ts"
import { RandomMatrix } from "./random-matrix.ts"
import { randomParameter } from "./random-parameter.ts"

export const trainingSettings = {
  learningRate: 1e-3,
  beta1: 0.9,
  beta2: 0.95,
  epsilon: 1e-8,
  normEpsilon: 1e-5,
} as const

export interface TrainingWeight {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/**
 * The first weights by the names of a checkpoint. Matrices of layers and of the head are `[out, in]`, or `[in, out]`
 * where `turned`.
 */
export function trainingWeights(
  { layers, size, intermediate, vocabulary }: TrainingSizes,
  { turned = false }: { turned?: boolean } = {},
): Map<string, TrainingWeight> {
  const weights = new Map<string, TrainingWeight>()
  const matrix = (name: string, outputs: number, inputs: number, turn = turned) => {
    const random = new RandomMatrix(name, "f32", outputs, inputs)
    const values = (turn ? random.transposed() : random.plain) as Float32Array
    weights.set(name, { shape: turn ? [inputs, outputs] : [outputs, inputs], values })
  }
  const norm = (name: string) => weights.set(name, { shape: [size], values: randomParameter(name, size) })
  matrix("model.embed_tokens.weight", vocabulary, size, false)
  for (let layer = 0; layer < layers; layer++) {
    const path = `model.layers.${layer}`
    for (const part of ["q", "k", "v", "o"]) matrix(`${path}.self_attn.${part}_proj.weight`, size, size)
    for (const part of ["gate", "up"]) matrix(`${path}.mlp.${part}_proj.weight`, intermediate, size)
    matrix(`${path}.mlp.down_proj.weight`, size, intermediate)
    for (const part of ["input", "post_attention"]) norm(`${path}.${part}_layernorm.weight`)
  }
  norm("model.norm.weight")
  matrix("lm_head.weight", vocabulary, size)
  return weights
}
