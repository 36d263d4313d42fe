import { DecoderStep, type ForwardOptions } from "@llava/model"
import type { RopeTable, Tensor } from "@llava/tensor"

/** What every layer of one forward pass shares, the rotary table included. */
export class LlamaStep extends DecoderStep {
  readonly table: RopeTable

  constructor(embeddings: Tensor, table: RopeTable, options: ForwardOptions) {
    super(embeddings, table.maxPositions, options)
    this.table = table
  }
}
