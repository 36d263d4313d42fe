import type { StoredTensor } from "@llava/checkpoint"

/** Where the weights of one parameter stand. */
export interface WeightEntry {
  readonly stored: StoredTensor
  /** Source row of each row, where the file has them in another order. */
  readonly rowOrder?: Int32Array | undefined
  /** Added to the stored weights, which are a difference (Vicuna's and LLaVA's delta weights). May have fewer rows. */
  readonly base?: StoredTensor | undefined
}
