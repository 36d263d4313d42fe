/** Largest relative errors (see docs/parity.md) of float32 on a software adapter against float32 of PyTorch. */
export const tolerances = {
  features: 1e-5,
  logits: 2e-5,
  loss: 1e-5,
  probabilities: 1e-5,
  /** Pixels after normalisation: one rounding each. */
  pixels: 1e-6,
} as const

/** Hardware may fuse and reorder: it gets this much more. */
export const HARDWARE_FACTOR = 10
