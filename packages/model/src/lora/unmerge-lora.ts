import type { Module } from "@llava/tensor"
import type { Llava } from "../llava/llava.ts"
import { forgetContext } from "./forget-context.ts"
import { namedAdapters } from "./named-adapters.ts"

/** Takes merged adapters out of the weights again, up to the rounding of one addition in f32; others are left alone. */
export function unmergeLora(model: Llava | Module): void {
  for (const { layer } of namedAdapters(model)) layer.unmergeAdapter()
  forgetContext(model)
}
