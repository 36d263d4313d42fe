/** Largest relative errors (see docs/parity.md) of float32 on a software adapter against float32 of PyTorch. */
export const tolerances = {
  features: 1e-5,
  logits: 2e-5,
  /** Of gradient norms too. */
  loss: 1e-5,
  probabilities: 1e-5,
  gradients: 1e-4,
  /** Weights after ten steps. */
  trained: 1e-4,
  trainedKeyBiases: 1e-3,
  /** Computed in float64 on both sides. */
  learningRates: 1e-9,
  /** Pixels after normalisation: one rounding each. */
  pixels: 1e-6,
} as const

/** Hardware may fuse and reorder: it gets this much more. */
export const HARDWARE_FACTOR = 10
