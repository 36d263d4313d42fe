/** A sample as the model takes it. */
export interface PreparedSample {
  readonly id: string | number
  /** Token ids, -200 for each image. */
  readonly ids: readonly number[]
  /** As long as `ids`; -100 where nothing is learned. */
  readonly labels: readonly number[]
  /** Pixels `[3, size, size]` of each image, in order; or features `[tokens, featureSize]`, where these are kept. */
  readonly images: readonly Float32Array[]
}
