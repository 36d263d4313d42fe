import type { Linear, Module } from "@llava/tensor"
import type { Llava } from "../llava/llava.ts"
import { LoraAdapter } from "./lora-adapter.ts"
import { namedLinears } from "./named-linears.ts"

/** A linear layer with an adapter in it. */
export interface AdaptedLayer {
  /** The layer's path: `language_model.model.layers.0.self_attn.q_proj`. */
  readonly path: string
  readonly layer: Linear
  readonly adapter: LoraAdapter
}

/** The adapters of a model, in the order of its layers. */
export function* namedAdapters(model: Llava | Module): Generator<AdaptedLayer> {
  for (const [path, layer] of namedLinears(model)) {
    if (layer.adapter instanceof LoraAdapter) yield { path, layer, adapter: layer.adapter }
  }
}
