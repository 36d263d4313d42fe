import { type Linear, type Module, Tensor } from "@llava/tensor"
import type { Llava } from "../llava/llava.ts"
import { matchPattern } from "../llava/match-pattern.ts"
import { ModelError } from "../model-error.ts"
import { forgetContext } from "./forget-context.ts"
import { LoraAdapter, type LoraSettings } from "./lora-adapter.ts"
import { mixSeed } from "./mix-seed.ts"
import type { AdaptedLayer } from "./named-adapters.ts"
import { namedLinears } from "./named-linears.ts"
import { uniformValues } from "./uniform-values.ts"

export interface LoraOptions extends LoraSettings {
  /** Which linear layers, as `matchPattern` reads names: `q_proj`, `language_model`, `layers.*.mlp`. */
  targets: readonly string[]
  /** Decides what A begins with. Default 0. */
  seed?: number | undefined
}

/**
 * Puts a low-rank adapter beside the linear layers that the targets name (LoRA: Hu et al. 2022), whatever their weights
 * are stored as: on quantised ones it is QLoRA (Dettmers et al. 2023). A begins uniform in ±1/sqrt(in), as PEFT's
 * (Kaiming, a = sqrt 5), B with zeros, so that nothing changes yet. Nothing is frozen and nothing is made trainable: set
 * `trainable` of the parameters, or name `lora_*` in a recipe. The adapters belong to their layers and are released with
 * them.
 *
 * Errors: `ModelError` "nothing-matches" for a target that names no linear layer (the head of a language model is none),
 * "already-adapted", "lora-settings" for a rank, alpha or dropout that makes no sense; tensor's "not-loaded".
 */
export function addLora(model: Llava | Module, { targets, seed = 0, ...settings }: LoraOptions): AdaptedLayer[] {
  checkSettings(settings)
  const chosen = chooseLayers(model, targets)
  const added = chosen.map(([path, layer]) => ({ path, layer, adapter: newAdapter(path, layer, settings, seed) }))
  for (const { layer, adapter } of added) layer.adapter = adapter
  forgetContext(model)
  return added
}

function checkSettings({ rank, alpha, dropout = 0 }: LoraSettings): void {
  const wrong =
    Number.isInteger(rank) && rank > 0
      ? Number.isFinite(alpha)
        ? dropout >= 0 && dropout < 1
          ? undefined
          : `a dropout of ${dropout}, which is not within [0, 1)`
        : `an alpha of ${alpha}`
      : `a rank of ${rank}, which is no positive whole number`
  if (wrong !== undefined) throw new ModelError(`LoRA with ${wrong}.`, { code: "lora-settings" })
}

function chooseLayers(model: Llava | Module, targets: readonly string[]): [path: string, layer: Linear][] {
  const all = [...namedLinears(model)]
  const unmatched = targets.find((target) => !all.some(([path]) => matchPattern(target, path)))
  if (unmatched !== undefined || targets.length === 0) {
    const names = [...new Set(all.map(([path]) => path.split(".").at(-1)))].slice(0, 12).join(", ")
    throw new ModelError(
      unmatched === undefined
        ? "LoRA without targets."
        : `LoRA's target ${unmatched} names no linear layer that can have an adapter.`,
      { code: "nothing-matches", fix: `There are: ${names || "none"}. The head (lm_head) cannot have one.` },
    )
  }
  const chosen = all.filter(([path]) => targets.some((target) => matchPattern(target, path)))
  const adapted = chosen.find(([, layer]) => layer.adapter)
  if (adapted) {
    throw new ModelError(`${adapted[0]} has an adapter already.`, {
      code: "already-adapted",
      fix: "Take it off with removeLora, after mergeLora where it should stay in force.",
    })
  }
  return chosen
}

function newAdapter(path: string, layer: Linear, settings: LoraSettings, seed: number): LoraAdapter {
  const { inFeatures, outFeatures } = layer
  const { device } = layer.weight.value
  const adapter = new LoraAdapter(inFeatures, outFeatures, settings)
  const { rank } = adapter
  const values = uniformValues(rank * inFeatures, 1 / Math.sqrt(inFeatures), mixSeed(seed, path))
  adapter.lora_A.weight.set(Tensor.from(device, values, [rank, inFeatures]))
  adapter.lora_B.weight.set(Tensor.zeros(device, [outFeatures, rank]))
  return adapter
}
