import type { Target } from "./benchmark.ts"

/** One token after the other, with a model of 135 million parameters. */
export const decodingTargets: readonly Target[] = [
  { kind: "rate", atLeast: 10 },
  { kind: "fact", fact: "dispatches per layer", atMost: 12 },
]
