/** What a tensor of an adapter's file is, and of what. */
export type AdapterTensorName =
  | { readonly kind: "A" | "B"; readonly module: string }
  /** A whole weight that was trained as well. */
  | { readonly kind: "weight"; readonly name: string }
  | { readonly kind: "unknown" }

/**
 * Reads a tensor's name in an adapter's file, without the prefixes of PEFT (`base_model.model.`) and of the original
 * LLaVA (`base_model.`, `model.model.`), and without the adapter's own name (`lora_A.default.weight`).
 */
export function adapterTensorName(name: string): AdapterTensorName {
  const bare = name
    .replace(/^base_model\.(model\.)?/, "")
    .replace(/^model\.(?=model\.|lm_head\.)/, "")
    .replace(/\.modules_to_save(\.default)?\./, ".")
    .replace(/\.base_layer\./, ".")
  const [, module, factor] = /^(.+)\.lora_([AB])(?:\.[^.]+)?\.weight$/.exec(bare) ?? []
  if (module !== undefined) return { kind: factor as "A" | "B", module }
  return /(^|\.)lora_/.test(bare) ? { kind: "unknown" } : { kind: "weight", name: bare }
}
