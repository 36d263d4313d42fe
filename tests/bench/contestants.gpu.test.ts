import { test } from "vitest"
import type { Benchmark } from "./src/plan/benchmark.ts"
import { expectEqualResults } from "./src/testing/expect-equal-results.ts"

const product = { rows: 9, inputs: 64, outputs: 48 }
const shared = { title: "tiny", amount: { count: 1, unit: "GFLOPS" }, tolerance: 1e-4 } as const
const tiny: readonly Benchmark[] = [
  {
    ...shared,
    name: "matmul-f32",
    work: { kind: "matmul", format: "f32", ...product },
    contestants: ["llava", "llava-dense", "onnx", "tfjs", "jax-js", "onnx-cpu"],
  },
  ...(["f16", "int8", "int4"] as const).map(
    (format): Benchmark => ({
      ...shared,
      name: `matmul-${format}`,
      work: { kind: "matmul", format, ...product },
      contestants: ["llava", "onnx", "onnx-cpu"],
      tolerance: format === "f16" ? 5e-3 : 1e-4,
    }),
  ),
]

test.each(tiny)("$name: every contestant's process gives an equal result", expectEqualResults)
