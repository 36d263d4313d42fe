import { TensorError } from "../error/tensor-error.ts"
import type { RopeScaling } from "./rope-scaling.ts"

const { fround } = Math

export interface RopeFrequencies {
  /** Angle per position, one per pair of dimensions. */
  readonly inverse: Float32Array
  /** Factor of cosines and sines. */
  readonly attentionFactor: number
}

/**
 * The rotary frequencies of `dimensions` rotated dimensions, as transformers' `modeling_rope_utils` gives them for a
 * sequence of `sequenceLength` positions (which only "dynamic" depends on). Frequencies are rounded to f32 where it
 * rounds them: multiplied by a position, that rounding becomes visible in the angle.
 */
export function ropeFrequencies(
  dimensions: number,
  base: number,
  scaling: RopeScaling,
  sequenceLength: number,
): RopeFrequencies {
  switch (scaling.type) {
    case "default":
      return { inverse: inverseOf(periods(dimensions, base)), attentionFactor: 1 }
    case "linear": {
      const inverse = inverseOf(periods(dimensions, base)).map((frequency) => frequency / scaling.factor)
      return { inverse, attentionFactor: 1 }
    }
    case "dynamic": {
      const { factor, originalMaxPositions } = scaling
      const stretch = (factor * Math.max(sequenceLength, originalMaxPositions)) / originalMaxPositions - (factor - 1)
      const stretched = base * stretch ** (dimensions / (dimensions - 2))
      return { inverse: inverseOf(periods(dimensions, stretched)), attentionFactor: 1 }
    }
    case "llama3":
      return { inverse: llama3(inverseOf(periods(dimensions, base)), scaling), attentionFactor: 1 }
    case "yarn":
      return yarn(dimensions, base, scaling)
    default:
      throw unknownType(scaling)
  }
}

function unknownType(scaling: never): TensorError {
  const { type } = scaling as { type: unknown }
  return new TensorError(`Rotary scaling of type '${type}' is not supported.`, {
    code: "rope-type",
    fix: "Known types are default, linear, dynamic, llama3 and yarn.",
  })
}

/** base ** (2i / dimensions): positions per radian. */
function periods(dimensions: number, base: number): Float32Array {
  return Float32Array.from({ length: Math.floor((dimensions + 1) / 2) }, (_, i) => base ** fround((2 * i) / dimensions))
}

function inverseOf(values: Float32Array): Float32Array {
  return values.map((value) => 1 / value)
}

/** Llama 3.1: long waves are stretched, short ones kept, those between blended. */
function llama3(inverse: Float32Array, scaling: RopeScaling & { type: "llama3" }): Float32Array {
  const { factor, lowFreqFactor, highFreqFactor, originalMaxPositions } = scaling
  return inverse.map((frequency) => {
    const wavelength = fround((2 * Math.PI) / frequency)
    if (wavelength < originalMaxPositions / highFreqFactor) return frequency
    if (wavelength > originalMaxPositions / lowFreqFactor) return frequency / factor
    const kept = fround((originalMaxPositions / wavelength - lowFreqFactor) / (highFreqFactor - lowFreqFactor))
    return fround(fround((1 - kept) * frequency) / factor) + fround(kept * frequency)
  })
}

/** YaRN (Peng et al. 2023): dimensions that turn often are kept, slow ones stretched, a ramp between. */
function yarn(dimensions: number, base: number, scaling: RopeScaling & { type: "yarn" }): RopeFrequencies {
  const { factor, originalMaxPositions, mscale, mscaleAllDim, truncate = true } = scaling
  const dimensionOf = (turns: number) =>
    (dimensions * Math.log(originalMaxPositions / (turns * 2 * Math.PI))) / (2 * Math.log(base))
  let low = dimensionOf(scaling.betaFast || 32)
  let high = dimensionOf(scaling.betaSlow || 1)
  if (truncate) {
    low = Math.floor(low)
    high = Math.ceil(high)
  }
  low = Math.max(low, 0)
  high = Math.min(high, dimensions - 1)
  if (low === high) high += 0.001
  const inverse = periods(dimensions, base).map((period, i) => {
    const stretched = fround(Math.min(Math.max(fround(fround(i - fround(low)) / fround(high - low)), 0), 1))
    const kept = fround(1 - stretched)
    return fround(fround(1 / fround(factor * period)) * fround(1 - kept)) + fround(fround(1 / period) * kept)
  })
  const scaleOf = (scale = 1) => (factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1)
  const inferred = mscale && mscaleAllDim ? scaleOf(mscale) / scaleOf(mscaleAllDim) : scaleOf()
  return { inverse, attentionFactor: scaling.attentionFactor ?? inferred }
}
