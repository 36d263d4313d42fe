/** A line of `validation.jsonl`: the mean loss over the learned tokens of the validation data after a step. */
export interface ValidationLine {
  readonly step: number
  readonly loss: number
}
