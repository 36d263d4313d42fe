import type { Module } from "@llava/tensor"
import type { Llava } from "../llava/llava.ts"
import { mixSeed } from "./mix-seed.ts"
import { namedAdapters } from "./named-adapters.ts"

/** A place in a run of training. */
export interface AdapterSeed {
  /** The run's. */
  seed: number
  step: number
  microBatch: number
}

/**
 * Chooses what dropout leaves out in the next forward pass of every adapter: by the run's seed, the step, the
 * micro-batch and the layer's path alone, so that a run that is taken up again leaves out the same.
 */
export function seedAdapters(model: Llava | Module, { seed, step, microBatch }: AdapterSeed): void {
  for (const { path, adapter } of namedAdapters(model)) adapter.seed = mixSeed(seed, step, microBatch, path)
}
