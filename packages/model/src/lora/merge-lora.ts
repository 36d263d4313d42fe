import { type Module, PackedMatrix } from "@llava/tensor"
import type { Llava } from "../llava/llava.ts"
import { ModelError } from "../model-error.ts"
import { forgetContext } from "./forget-context.ts"
import { namedAdapters } from "./named-adapters.ts"

/**
 * Adds every adapter to the weights of its layer, which become dense f32: answers then cost what they cost without
 * adapters. The adapters stay beside the layers, without effect, until `unmergeLora` or `removeLora`.
 *
 * Errors: `ModelError` "lora-quantised", before anything is changed, where a weight is quantised.
 */
export function mergeLora(model: Llava | Module): void {
  const adapted = [...namedAdapters(model)]
  for (const { path, layer } of adapted) {
    const { value } = layer.weight
    if (value instanceof PackedMatrix && value.format.startsWith("q")) {
      throw new ModelError(`${path} is quantised as ${value.format}: an adapter cannot be merged into it.`, {
        code: "lora-quantised",
        fix: "Load the model with dtype f32 or f16, or save it: saveLlava writes merged weights of quantised layers too.",
      })
    }
  }
  for (const { layer } of adapted) layer.mergeAdapter()
  forgetContext(model)
}
