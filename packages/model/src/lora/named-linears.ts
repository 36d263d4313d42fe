import { Linear, Module } from "@llava/tensor"
import type { Llava } from "../llava/llava.ts"

/** Paths of a head, whose weight the logits and the loss read by themselves: an adapter in it would add nothing. */
const head = /(^|\.)lm_head$/

/**
 * Every linear layer that can have an adapter, once, with its path as the parameters of the model have it:
 * `language_model.model.layers.0.self_attn.q_proj`. The head of a language model is left out, as in PEFT and the
 * original LLaVA.
 */
export function* namedLinears(model: Llava | Module): Generator<[path: string, layer: Linear]> {
  const seen = new Set<Linear>()
  for (const [prefix, part] of partsOf(model)) {
    for (const [path, module] of part.namedModules(prefix)) {
      if (!(module instanceof Linear) || seen.has(module) || head.test(path)) continue
      seen.add(module)
      yield [path, module]
    }
  }
}

function partsOf(model: Llava | Module): (readonly [prefix: string, part: Module])[] {
  if (model instanceof Module) return [["", model]]
  const { encoder, projector, languageModel } = model
  return [
    ...(encoder ? [["encoder", encoder] as const] : []),
    ...(projector ? [["projector", projector] as const] : []),
    ["language_model", languageModel],
  ]
}
