/** How rotary frequencies are stretched for contexts longer than the model was first trained on. */
export type RopeScaling =
  | { type: "default" }
  | { type: "linear"; factor: number }
  | {
      type: "dynamic"
      factor: number
      /** Positions up to which nothing is stretched. */
      originalMaxPositions: number
    }
  | {
      type: "llama3"
      factor: number
      lowFreqFactor: number
      highFreqFactor: number
      originalMaxPositions: number
    }
  | {
      type: "yarn"
      factor: number
      originalMaxPositions: number
      /** 32 by default. */
      betaFast?: number
      /** 1 by default. */
      betaSlow?: number
      mscale?: number
      mscaleAllDim?: number
      /** Factor of cosines and sines; follows from `factor` and the scales by default. */
      attentionFactor?: number
      /** Whether the blended range of dimensions is widened to whole numbers; true by default. */
      truncate?: boolean
    }
