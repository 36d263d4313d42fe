import type { Module } from "@llava/tensor"
import type { Llava } from "../llava/llava.ts"
import { forgetContext } from "./forget-context.ts"
import { namedAdapters } from "./named-adapters.ts"

/** Takes every adapter off and releases it. Weights stay as they are: what was merged remains merged. */
export function removeLora(model: Llava | Module): void {
  for (const { layer, adapter } of [...namedAdapters(model)]) {
    layer.adapter = undefined
    adapter[Symbol.dispose]()
  }
  forgetContext(model)
}
