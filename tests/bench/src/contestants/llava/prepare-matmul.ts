import { type Device, linear, matmul, Tensor } from "@llava/tensor"
import { RandomMatrix } from "../../data/random-matrix.ts"
import { randomValues } from "../../data/random-values.ts"
import type { MatmulWork } from "../../plan/work.ts"
import type { Prepared } from "../contestant.ts"
import { packedMatrix } from "./packed-matrix.ts"

/** `linear` with the weight packed. */
export function prepareLinear(device: Device, work: MatmulWork): Prepared {
  const weight = packedMatrix(device, new RandomMatrix("weight", work.format, work.outputs, work.inputs))
  return prepared(device, work, (x) => linear(x, weight), weight)
}

/** `matmul` with the weight as a dense tensor `[inputs, outputs]`. */
export function prepareDenseMatmul(device: Device, work: MatmulWork): Prepared {
  const matrix = new RandomMatrix("weight", work.format, work.outputs, work.inputs)
  const weight = Tensor.from(device, matrix.transposed() as Float32Array, [work.inputs, work.outputs])
  return prepared(device, work, (x) => matmul(x, weight), weight)
}

function prepared(
  device: Device,
  { rows, inputs }: MatmulWork,
  multiply: (x: Tensor) => Tensor,
  weight: Disposable,
): Prepared {
  const values = randomValues("x", rows * inputs)
  return {
    async run() {
      using x = Tensor.from(device, values, [rows, inputs])
      using y = multiply(x)
      return (await y.read()) as Float32Array
    },
    async [Symbol.asyncDispose]() {
      weight[Symbol.dispose]()
    },
  }
}
