/** Softmax over classes of the scaled cosines between an image and each class; all are unit vectors. */
export function zeroShotProbabilities(image: Float32Array, classes: readonly Float32Array[], scale: number): number[] {
  const logits = classes.map((vector) => scale * vector.reduce((sum, value, i) => sum + value * image[i]!, 0))
  const largest = Math.max(...logits)
  const weights = logits.map((logit) => Math.exp(logit - largest))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}
