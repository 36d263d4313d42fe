import type { Device, Parameter, Tensor } from "@llava/tensor"

/** What a loop minimises: a batch in, a loss out, whatever the model. */
export interface Objective<Batch> {
  readonly device: Device
  /** All parameters by path; the recipe's patterns choose among them. */
  namedParameters(): Iterable<readonly [path: string, parameter: Parameter]>
  /** How many terms the loss of a batch sums over, for the weighting of micro-batches. */
  terms(batch: Batch): number
  /** f32 `[2]`: the summed loss of the batch, and the number of its terms. Recorded by the loop's tape. */
  loss(batch: Batch): Tensor
}
