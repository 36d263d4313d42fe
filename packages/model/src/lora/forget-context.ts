import { Module } from "@llava/tensor"
import type { Llava } from "../llava/llava.ts"

/** Whatever a model remembers was computed by the weights that it had. */
export function forgetContext(model: Llava | Module): void {
  if (!(model instanceof Module)) model.forget()
}
