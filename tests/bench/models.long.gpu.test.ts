import { test } from "vitest"
import { withReference } from "#testing"
import type { Benchmark } from "./src/plan/benchmark.ts"
import { smollm2Benchmarks } from "./src/plan/smollm2-benchmarks.ts"
import { expectEqualResults } from "./src/testing/expect-equal-results.ts"

const shared = { title: "one layer", amount: { count: 1, unit: "tokens/s" }, tolerance: 1e-4 } as const
const shallow: readonly Benchmark[] = [
  {
    ...shared,
    name: "image-encoder",
    work: { kind: "image-encoder", preset: "vitBase32", format: "f32", layers: 1 },
    contestants: ["llava", "onnx-plain", "onnx-cpu"],
  },
  ...(["prefill", "decode"] as const).map(
    (phase): Benchmark => ({
      ...shared,
      name: `decoder-${phase}`,
      work: { kind: "decoder", phase, tokens: 5, layers: 1 },
      contestants: ["llava", "onnx", "onnx-cpu"],
    }),
  ),
  {
    ...shared,
    name: "training",
    work: {
      ...{ kind: "training", layers: 2, size: 32, heads: 2, intermediate: 64, vocabulary: 128 },
      ...{ batch: 2, tokens: 16 },
    },
    contestants: ["llava", "tfjs", "jax-js"],
  },
]

test.each(shallow)("$name: every contestant's process gives an equal result", expectEqualResults)

test("smollm2-decode: llama.cpp chooses at least half of the same tokens", async (context) => {
  const file = withReference(context, "models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf")
  const decode = smollm2Benchmarks(file).find(({ name }) => name === "smollm2-decode")!
  await expectEqualResults(decode)
})
