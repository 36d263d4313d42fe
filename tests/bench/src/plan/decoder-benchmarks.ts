import type { Benchmark } from "./benchmark.ts"
import { decodingTargets } from "./decoding-targets.ts"

const LAYERS = 30
const PROMPT = 256
const BEFORE = 64

/** A decoder of SmolLM2-135M's sizes with random int4 weights: peers can have the very same weights. */
export function decoderBenchmarks(): Benchmark[] {
  const shared = { contestants: ["llava", "onnx", "onnx-cpu"], tolerance: 1e-4 } as const
  return [
    {
      ...shared,
      name: "decoder-prefill",
      title: `SmolLM2's sizes, random int4 weights, prefill of ${PROMPT} tokens`,
      work: { kind: "decoder", phase: "prefill", tokens: PROMPT, layers: LAYERS },
      amount: { count: PROMPT, unit: "tokens/s" },
    },
    {
      ...shared,
      name: "decoder-decode",
      title: `SmolLM2's sizes, random int4 weights, one token after ${BEFORE}`,
      work: { kind: "decoder", phase: "decode", tokens: BEFORE, layers: LAYERS },
      amount: { count: 1, unit: "tokens/s" },
      targets: decodingTargets,
    },
  ]
}
