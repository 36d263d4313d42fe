import type { Benchmark } from "./benchmark.ts"
import { trainingArithmetic } from "./training-arithmetic.ts"
import type { TrainingWork } from "./work.ts"

const work: TrainingWork = {
  ...{ kind: "training", layers: 4, size: 256, heads: 4, intermediate: 688, vocabulary: 4096 },
  ...{ batch: 16, tokens: 128 },
}

/** One training step of a small LLaMA: what is compared is the loss after the first step. */
export function trainingBenchmarks(): Benchmark[] {
  const peers = ["tfjs", "jax-js"] as const
  return [
    {
      name: "training-step",
      title: "LLaMA of 4 layers, 256 wide, 4,096 words: forward, backward and AdamW on 16 x 128 tokens, f32",
      work,
      amount: { count: trainingArithmetic(work) / 1e9, unit: "GFLOPS" },
      contestants: ["llava", ...peers],
      tolerance: 1e-4,
      targets: [
        ...peers.map((peer) => ({ kind: "ratio", atLeast: 5, over: [peer] }) as const),
        { kind: "share", fact: "MiB at most", atMost: 0.5, of: peers },
        { kind: "fact-at-least", fact: "% of its matmul rate", atLeast: 60 },
      ],
    },
  ]
}
