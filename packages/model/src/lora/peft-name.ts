import { Module } from "@llava/tensor"
import type { Llava } from "../llava/llava.ts"

/**
 * What transformers calls the parameter or module of a path, and PEFT therefore in its files:
 * `model.language_model.layers.0.self_attn.q_proj` in a LLaVA, `model.layers.0.self_attn.q_proj` in a language model.
 */
export function peftName(model: Llava | Module, path: string): string {
  if (model instanceof Module) return path
  const [, part, name] = /^(encoder|projector|language_model)\.(.*)$/.exec(path) ?? []
  if (part === "encoder") return `model.vision_tower.${name}`
  if (part === "projector") return `model.multi_modal_projector.${name}`
  if (name === undefined || !model.encoder) return name ?? path
  if (name.startsWith("model.")) return `model.language_${name}`
  return name.startsWith("lm_head") ? name : `language_model.${name}`
}
