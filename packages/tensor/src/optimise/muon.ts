import { TensorError } from "../error/tensor-error.ts"
import { matmul } from "../ops/matmul.ts"
import { multiply } from "../ops/multiply.ts"
import { sum } from "../ops/sum.ts"
import { transpose } from "../ops/transpose.ts"
import { weightedSum } from "../ops/weighted-sum.ts"
import { Tensor } from "../tensor/tensor.ts"
import { normaliseBySquares } from "./normalise-by-squares.ts"
import type { ParameterGroup, StepOptions } from "./optimizer.ts"
import type { OptimizerSlot } from "./optimizer-slots.ts"
import { SlotsOptimizer } from "./slots-optimizer.ts"
import { runUpdate, updateKernel } from "./update-kernel.ts"

/** Coefficients of the quintic iteration that takes singular values to about one (Jordan 2024). */
const [A, B, C] = [3.4445, -4.775, 2.0315]

const momentumKernel = updateKernel({
  name: "muon_momentum",
  // The parameter itself is not touched in this pass.
  state: ["momentum", "ahead"],
  params: ["friction"],
  code: /* wgsl */ `
  let m = params.friction * momentum[i] + (1.0 - params.friction) * g;
  momentum[i] = m;
  ahead[i] = (1.0 - params.friction) * g + params.friction * m;`,
})

const applyKernel = updateKernel({
  name: "muon_apply",
  state: [],
  params: ["keep", "rate"],
  code: "value[i] = value[i] * params.keep - params.rate * g;",
})

export interface MuonOptions {
  /** 0.95 unless given; always Nesterov's. */
  momentum?: number
  /** Newton-Schulz iterations; 5 unless given. */
  iterations?: number
}

/**
 * Momentum whose direction is orthogonalised (Jordan et al. 2024): for the matrices of blocks, not for embeddings,
 * heads, norms and biases. Updates are scaled by 0.2 sqrt(max(rows, columns)), so that learning rates and decay of
 * AdamW carry over (Liu et al. 2025), as PyTorch's `Muon` with `match_rms_adamw`, in f32.
 */
export class Muon extends SlotsOptimizer<"momentum"> {
  readonly #momentum: number
  readonly #iterations: number

  /** Errors: "shape-mismatch" for a parameter that is no matrix. */
  constructor(groups: readonly ParameterGroup[], { momentum = 0.95, iterations = 5 }: MuonOptions = {}) {
    super(groups, (shape) => ({ momentum: { shape } }))
    this.#momentum = momentum
    this.#iterations = iterations
    for (const { parameters } of groups) {
      for (const [name, { shape }] of parameters) {
        if (shape.length === 2) continue
        throw new TensorError(`Muon: the parameter ${name} has shape [${shape}], expected a matrix.`, {
          code: "shape-mismatch",
          fix: "Train it with AdamW.",
        })
      }
    }
  }

  /** Small matrices of one shape go through the iterations together: their products are short, and there are many. */
  step(options: StepOptions): void {
    this.steps++
    const alike = Map.groupBy(
      this.slots.filter(({ parameter }) => parameter.gradient),
      ({ parameter }) => `${parameter.trainedShape}`,
    )
    for (const slots of alike.values()) {
      const together = atOnce(slots[0]!.parameter.gradient!)
      for (let begin = 0; begin < slots.length; begin += together) {
        this.#stepTogether(slots.slice(begin, begin + together), options)
      }
    }
  }

  #stepTogether(slots: readonly OptimizerSlot<"momentum">[], { learningRate, gradientFactor }: StepOptions): void {
    const { device, shape, size } = slots[0]!.parameter.gradient!
    const [rows, columns] = shape as [number, number]
    using _ = device.scope()
    const ahead = Tensor.empty(device, [slots.length, rows, columns])
    const own = (all: Tensor, index: number) => ({ tensor: all, begin: index * size })
    const values = slots.map(({ parameter }) => parameter.trainedValue())
    for (const [index, { parameter, state }] of slots.entries()) {
      runUpdate(momentumKernel, values[index]!, {
        gradient: parameter.gradient!,
        state: [state.momentum, own(ahead, index)],
        params: [this.#momentum],
        ...(gradientFactor && { gradientFactor }),
      })
    }
    const directions = orthogonalise(ahead, this.#iterations) // [slots, rows, columns]
    for (const [index, { parameter, weightDecay, learningRateFactor }] of slots.entries()) {
      using value = values[index]!
      const rate = learningRate * learningRateFactor
      runUpdate(applyKernel, value, {
        gradient: own(directions, index),
        state: [],
        params: [1 - rate * weightDecay, rate * 0.2 * Math.sqrt(Math.max(rows, columns))],
      })
      parameter.writeTrained(value)
    }
  }
}

/** Elements at multiples of which a part of a buffer may begin. */
const PART_UNIT = 64
/** Larger products keep the GPU busy one by one, and would take memory for nothing. */
const MOST_BYTES_TOGETHER = 2 ** 24

/** How many matrices like this one share a buffer. */
function atOnce({ device, size, byteLength }: Tensor): number {
  if (size % PART_UNIT !== 0) return 1
  const most = Math.min(MOST_BYTES_TOGETHER, device.limits.maxStorageBufferBindingSize)
  return Math.max(1, Math.floor(most / byteLength))
}

/** The nearest matrices with singular values of about one, `[count, rows, columns]`, by Newton-Schulz iterations. */
function orthogonalise(matrices: Tensor, iterations: number): Tensor {
  const [count, rows, columns] = matrices.shape as [number, number, number]
  const tall = rows > columns
  const squares = sum(multiply(matrices, matrices).reshape([count, rows * columns]), 1) // [count]
  let x = normaliseBySquares(tall ? transpose(matrices, [0, 2, 1]) : matrices, squares)
  for (let i = 0; i < iterations; i++) {
    const square = matmul(x, x, { transposeB: true }) // [count, short, short]
    const polynomial = weightedSum(square, B, matmul(square, square), C)
    x = weightedSum(x, A, matmul(polynomial, x), 1)
  }
  return tall ? transpose(x, [0, 2, 1]) : x
}

/** `Muon` in float64, one step on one matrix, in place. */
export function muonReference(
  state: { value: Float64Array; momentum: Float64Array },
  gradient: ArrayLike<number>,
  [rows, columns]: readonly [number, number],
  options: { learningRate: number; weightDecay: number; momentum: number; iterations: number },
): void {
  const { learningRate, weightDecay, momentum, iterations } = options
  const ahead = state.momentum.map((value, i) => {
    const m = momentum * value + (1 - momentum) * gradient[i]!
    state.momentum[i] = m
    return (1 - momentum) * gradient[i]! + momentum * m
  })
  const norm = Math.sqrt(ahead.reduce((total, value) => total + value * value, 0)) + 1e-7
  let x = ahead.map((value) => value / norm)
  for (let step = 0; step < iterations; step++) {
    const square = product(x, x, [rows, columns, rows], true)
    const fourth = product(square, square, [rows, rows, rows], false)
    const polynomial = square.map((value, i) => B * value + C * fourth[i]!)
    const turned = product(polynomial, x, [rows, rows, columns], false)
    x = x.map((value, i) => A * value + turned[i]!)
  }
  const rate = learningRate * 0.2 * Math.sqrt(Math.max(rows, columns))
  for (let i = 0; i < x.length; i++) state.value[i] = state.value[i]! * (1 - learningRate * weightDecay) - rate * x[i]!
}

function product(
  a: Float64Array,
  b: Float64Array,
  [m, k, n]: readonly [number, number, number],
  transposed: boolean,
): Float64Array {
  return Float64Array.from({ length: m * n }, (_, at) => {
    const [row, column] = [Math.floor(at / n), at % n]
    let total = 0
    for (let i = 0; i < k; i++) total += a[row * k + i]! * b[transposed ? column * k + i : i * n + column]!
    return total
  })
}
