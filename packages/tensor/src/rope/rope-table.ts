import type { Device } from "../device/device.ts"
import { TensorError } from "../error/tensor-error.ts"
import { Tensor } from "../tensor/tensor.ts"
import { ropeFrequencies } from "./rope-frequencies.ts"
import type { RopeScaling } from "./rope-scaling.ts"

/** The rotary embedding of a model, as its config.json states it. */
export interface RopeTableOptions {
  headSize: number
  /** `rope_theta`: 10000 in LLaMA. */
  base: number
  /** Rows of the table; positions beyond it become NaN when they are rotated. */
  maxPositions: number
  scaling?: RopeScaling
  /** Share of the head that is rotated, from its beginning; 1 by default. */
  partialRotaryFactor?: number
}

/** Cosines and sines of rotary position embedding (Su et al. 2021). Lives until it is disposed, whatever the scope. */
export class RopeTable implements Disposable {
  readonly headSize: number
  /** Dimensions of a head that are rotated. */
  readonly rotaryDim: number
  readonly maxPositions: number
  /** f32 `[maxPositions, 2, rotaryDim / 2]`: cosines, then sines. */
  readonly values: Tensor

  /** @internal Made by `ropeTable`. */
  constructor(headSize: number, values: Tensor) {
    const [maxPositions, , half] = values.shape as [number, number, number]
    this.headSize = headSize
    this.rotaryDim = 2 * half
    this.maxPositions = maxPositions
    this.values = values.retain()
  }

  dispose(): void {
    this.values.dispose()
  }

  [Symbol.dispose](): void {
    this.dispose()
  }
}

/**
 * The rotary table of a model, computed on the host in float64 from the f32 angles of transformers. Row p of a
 * "dynamic" table holds the frequencies of a sequence that ends at p: what transformers uses as generation gets there.
 * Errors: "rope-type" for a scaling that is not known, "shape-mismatch" for an odd number of rotated dimensions.
 */
export function ropeTable(device: Device, options: RopeTableOptions): RopeTable {
  const { headSize, base, maxPositions, scaling = { type: "default" }, partialRotaryFactor = 1 } = options
  const rotaryDim = Math.floor(headSize * partialRotaryFactor)
  if (rotaryDim % 2 !== 0 || rotaryDim === 0) {
    throw new TensorError(`ropeTable: ${rotaryDim} rotated dimensions of a head of ${headSize} do not form pairs.`, {
      code: "shape-mismatch",
    })
  }
  const half = rotaryDim / 2
  const values = new Float32Array(maxPositions * rotaryDim)
  const unstretched = scaling.type === "dynamic" ? scaling.originalMaxPositions : maxPositions
  let frequencies = ropeFrequencies(rotaryDim, base, scaling, 1)
  for (let position = 0; position < maxPositions; position++) {
    if (position >= unstretched) frequencies = ropeFrequencies(rotaryDim, base, scaling, position + 1)
    const { inverse, attentionFactor } = frequencies
    const row = position * rotaryDim
    for (let i = 0; i < half; i++) {
      const angle = Math.fround(position * inverse[i]!)
      values[row + i] = Math.cos(angle) * attentionFactor
      values[row + half + i] = Math.sin(angle) * attentionFactor
    }
  }
  return new RopeTable(headSize, Tensor.from(device, values, [maxPositions, 2, half]))
}
