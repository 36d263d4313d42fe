import { LowRankAdapter } from "@llava/tensor"

/** How strong an adapter is, and what is left out while it is trained. */
export interface LoraSettings {
  rank: number
  /** Numerator of the factor: alpha / rank, or alpha / sqrt(rank) where rank-stabilised. */
  alpha: number
  /** Probability with which an input is left out in training. Default 0. */
  dropout?: number | undefined
  /** Divide by sqrt(rank), so that higher ranks learn as fast (Kalajdzievski 2023). Default false. */
  rankStabilised?: boolean | undefined
}

/** Formats in which adapters are saved. */
export type AdapterDType = "F32" | "F16" | "BF16"

/** A low-rank adapter with the settings that its files state. */
export class LoraAdapter extends LowRankAdapter {
  readonly alpha: number
  readonly rankStabilised: boolean
  /** The form that its file had, and that it is saved in again. */
  readonly storedDType: AdapterDType

  constructor(
    inFeatures: number,
    outFeatures: number,
    settings: LoraSettings & { storedDType?: AdapterDType | undefined },
  ) {
    const { rank, alpha, dropout = 0, rankStabilised = false, storedDType = "F32" } = settings
    super({ inFeatures, outFeatures, rank, dropout, scaling: alpha / (rankStabilised ? Math.sqrt(rank) : rank) })
    this.alpha = alpha
    this.rankStabilised = rankStabilised
    this.storedDType = storedDType
  }
}
