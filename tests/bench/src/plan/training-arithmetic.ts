import type { TrainingWork } from "./work.ts"

/**
 * Useful multiplications and additions of a training step: six for each weight of a product and each token (two forward,
 * four back), and attention's two products with what comes before each token alone. Lookups, norms and the optimizer
 * are not counted.
 */
export function trainingArithmetic(work: TrainingWork): number {
  const { layers, size, intermediate, vocabulary, batch, tokens } = work
  const weights = layers * (4 * size * size + 3 * size * intermediate) + vocabulary * size
  const pairs = (batch * tokens * (tokens + 1)) / 2
  return 6 * weights * batch * tokens + 3 * layers * 4 * size * pairs
}
