import type { Module } from "@llava/tensor"
import type { Llava } from "../llava/llava.ts"
import type { AdaptedLayer } from "./named-adapters.ts"
import { namedLinears } from "./named-linears.ts"
import { peftName } from "./peft-name.ts"

/** adapter_config.json with the keys that every version of PEFT knows. Layers that differ from most have patterns. */
export function savedAdapterConfig(
  model: Llava | Module,
  layers: readonly AdaptedLayer[],
  { base, modules }: { base: string | undefined; modules: readonly string[] },
): Record<string, unknown> {
  const rank = mostCommon(layers.map(({ adapter }) => adapter.rank))
  const alpha = mostCommon(layers.map(({ adapter }) => adapter.alpha))
  const pattern = (value: (layer: AdaptedLayer) => number, common: number) =>
    Object.fromEntries(
      layers.filter((layer) => value(layer) !== common).map((layer) => [peftName(model, layer.path), value(layer)]),
    )
  return {
    alpha_pattern: pattern(({ adapter }) => adapter.alpha, alpha),
    auto_mapping: null,
    base_model_name_or_path: base ?? null,
    bias: "none",
    fan_in_fan_out: false,
    inference_mode: true,
    init_lora_weights: true,
    layers_pattern: null,
    layers_to_transform: null,
    lora_alpha: alpha,
    lora_dropout: layers[0]!.adapter.dropout,
    modules_to_save: modules.length > 0 ? modules : null,
    peft_type: "LORA",
    r: rank,
    rank_pattern: pattern(({ adapter }) => adapter.rank, rank),
    revision: null,
    target_modules: targetModules(model, layers),
    task_type: "CAUSAL_LM",
    use_dora: false,
    use_rslora: layers[0]!.adapter.rankStabilised,
  }
}

/** Last parts of names where these mean the adapted layers and no others, else whole names. */
function targetModules(model: Llava | Module, layers: readonly AdaptedLayer[]): string[] {
  const last = (path: string) => path.split(".").at(-1)!
  const names = new Set(layers.map(({ path }) => last(path)))
  const meant = [...namedLinears(model)].filter(([path]) => names.has(last(path)))
  if (meant.length === layers.length) return [...names].sort()
  return layers.map(({ path }) => peftName(model, path))
}

function mostCommon(values: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most))[0]
}
