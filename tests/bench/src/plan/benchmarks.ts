import type { Benchmark } from "./benchmark.ts"
import { decoderBenchmarks } from "./decoder-benchmarks.ts"
import { imageEncoderBenchmarks } from "./image-encoder-benchmarks.ts"
import { matmulBenchmarks } from "./matmul-benchmarks.ts"
import { smollm2Benchmarks } from "./smollm2-benchmarks.ts"
import { trainingBenchmarks } from "./training-benchmarks.ts"

export interface BenchmarksOptions {
  /** SmolLM2-135M-Instruct as GGUF; without it a decoder of its sizes with random weights stands alone. */
  readonly model?: string | undefined
  /** All layers of the large image tower instead of the first few. */
  readonly full?: boolean
}

/** Everything that is measured, in order. */
export function benchmarks({ model, full = false }: BenchmarksOptions): Benchmark[] {
  return [
    ...matmulBenchmarks(),
    ...imageEncoderBenchmarks(full),
    ...decoderBenchmarks(),
    ...trainingBenchmarks(),
    ...(model === undefined ? [] : smollm2Benchmarks(model)),
  ]
}
