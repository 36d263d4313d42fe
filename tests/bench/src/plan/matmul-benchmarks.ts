import type { ContestantName } from "../contestants/contestant-names.ts"
import type { WeightFormat } from "../data/random-matrix.ts"
import type { Benchmark, Target } from "./benchmark.ts"

const shapes = {
  square: [1024, 1024, 1024],
  tall: [256, 576, 1536],
  "one-row": [1, 576, 1536],
} as const satisfies Record<string, readonly [rows: number, inputs: number, outputs: number]>
type Shape = keyof typeof shapes

/** TensorFlow.js and jax-js have no products with packed weights. */
const f32Contestants = ["llava", "llava-dense", "onnx", "tfjs", "jax-js", "onnx-cpu"] as const
const packedContestants = ["llava", "onnx", "onnx-cpu"] as const

/** With f16 weights ONNX Runtime's WebGPU provider computes in f16, sums included; @llava and its CPU provider in f32. */
const tolerances = { f32: 1e-5, f16: 2e-2, int8: 1e-4, int4: 1e-4 } as const satisfies Record<WeightFormat, number>

const targets: Readonly<Record<string, readonly Target[]>> = {
  "matmul-f32-square": [{ kind: "ratio", atLeast: 4, over: ["onnx"] }],
  "matmul-int4-tall": [{ kind: "ratio", atLeast: 2, over: ["onnx"] }],
}

/** Products with a weight matrix of each format, of three shapes. */
export function matmulBenchmarks(): Benchmark[] {
  const formats = Object.keys(tolerances) as WeightFormat[]
  return formats.flatMap((format) => (Object.keys(shapes) as Shape[]).map((shape) => matmulBenchmark(format, shape)))
}

function matmulBenchmark(format: WeightFormat, shape: Shape): Benchmark {
  const name = `matmul-${format}-${shape}`
  const [rows, inputs, outputs] = shapes[shape]
  const contestants: readonly [ContestantName, ...ContestantName[]] =
    format === "f32" ? f32Contestants : packedContestants
  return {
    name,
    title: `${rows} x ${inputs} by ${inputs} x ${outputs}, weights ${format}`,
    work: { kind: "matmul", format, rows, inputs, outputs },
    amount: { count: (2 * rows * inputs * outputs) / 1e9, unit: "GFLOPS" },
    contestants,
    tolerance: tolerances[format],
    targets: targets[name] ?? [],
  }
}
