import { randomBits, randomValues } from "./random-values.ts"

/** int8 and int4 are symmetric, with one scale per 32 inputs: GGUF's Q8_0 and Q4_0, MatMulNBits' default. */
export type WeightFormat = "f32" | "f16" | "int8" | "int4"

export const BLOCK = 32

const TILE = 32

interface Quantised {
  /** `[outputs, inputs]`: the value is `(quant - zero) * scale`. */
  readonly quants: Uint8Array
  readonly zero: number
  /** `[outputs, inputs / 32]`, exact in f16. */
  readonly scales: Float32Array
}

/** A random weight matrix `[outputs, inputs]`, known exactly, to be written in whichever form a library takes. */
export class RandomMatrix {
  readonly format: WeightFormat
  readonly outputs: number
  readonly inputs: number
  readonly #plain: Float32Array | Float16Array | undefined
  readonly #quantised: Quantised | undefined

  constructor(seed: string, format: WeightFormat, outputs: number, inputs: number) {
    this.format = format
    this.outputs = outputs
    this.inputs = inputs
    if (format === "f32" || format === "f16") {
      const values = randomValues(seed, outputs * inputs, Math.sqrt(3 / inputs))
      this.#plain = format === "f32" ? values : new Float16Array(values)
    } else {
      this.#quantised = randomQuants(seed, format, outputs, inputs)
    }
  }

  /** The elements of f32 and f16, row-major. */
  get plain(): Float32Array | Float16Array {
    if (!this.#plain) throw new Error(`A ${this.format} matrix is quantised.`)
    return this.#plain
  }

  get quantised(): Quantised {
    if (!this.#quantised) throw new Error(`A ${this.format} matrix is not quantised.`)
    return this.#quantised
  }

  /** Row `output` as float32 values. */
  row(output: number): Float32Array {
    const begin = output * this.inputs
    if (this.#plain) return Float32Array.from(this.#plain.subarray(begin, begin + this.inputs))
    const { quants, zero, scales } = this.quantised
    const row = new Float32Array(this.inputs)
    for (let i = 0; i < this.inputs; i++) row[i] = (quants[begin + i]! - zero) * scales[(begin + i) >> 5]!
    return row
  }

  /** The elements as `[inputs, outputs]` in float32, or in float16 where the format is f16. */
  transposed(): Float32Array | Float16Array {
    const { outputs, inputs } = this
    const source = this.plain
    const result = this.format === "f16" ? new Float16Array(outputs * inputs) : new Float32Array(outputs * inputs)
    // Tile by tile: a whole column at once would touch a new line of memory with every element.
    for (let top = 0; top < outputs; top += TILE) {
      for (let left = 0; left < inputs; left += TILE) {
        const right = Math.min(left + TILE, inputs)
        for (let output = top; output < Math.min(top + TILE, outputs); output++) {
          for (let input = left; input < right; input++)
            result[input * outputs + output] = source[output * inputs + input]!
        }
      }
    }
    return result
  }
}

function randomQuants(seed: string, format: "int8" | "int4", outputs: number, inputs: number): Quantised {
  const next = randomBits(seed)
  const zero = format === "int8" ? 128 : 8
  // Values of a standard deviation near 1 / sqrt(inputs), as a trained layer's.
  const unit = 2 ** Math.floor(Math.log2(1.7 / zero / Math.sqrt(inputs)))
  // Plain loops: `from` with a function takes many times as long, and there are a hundred million of them.
  const quants = new Uint8Array(outputs * inputs)
  for (let i = 0; i < quants.length; i++) quants[i] = (next() >>> 24) & (zero * 2 - 1)
  const scales = new Float32Array((outputs * inputs) / BLOCK)
  for (let i = 0; i < scales.length; i++) scales[i] = unit * (1 + (next() >>> 24) / 256)
  return { quants, zero, scales }
}
