import type { Benchmark } from "./benchmark.ts"
import { decodingTargets } from "./decoding-targets.ts"
import { DECODED_TOKENS } from "./work.ts"

const PROMPT = 256
const BEFORE = 64

/** SmolLM2-135M-Instruct from its file, beside llama.cpp, which alone reads the file too. */
export function smollm2Benchmarks(file: string): Benchmark[] {
  // llama.cpp rounds activations to 8 bits: where two tokens are nearly as likely, texts may part, but not at once.
  const shared = { contestants: ["llava", "llama-cpp"], tolerance: 0.5 } as const
  return [
    {
      ...shared,
      name: "smollm2-prefill",
      title: `SmolLM2-135M-Instruct, prefill of ${PROMPT} tokens`,
      work: { kind: "smollm2", phase: "prefill", file, tokens: PROMPT },
      amount: { count: PROMPT, unit: "tokens/s" },
    },
    {
      ...shared,
      name: "smollm2-decode",
      title: `SmolLM2-135M-Instruct, ${DECODED_TOKENS} greedy tokens after ${BEFORE}`,
      work: { kind: "smollm2", phase: "decode", file, tokens: BEFORE },
      amount: { count: DECODED_TOKENS, unit: "tokens/s" },
      targets: decodingTargets,
    },
  ]
}
