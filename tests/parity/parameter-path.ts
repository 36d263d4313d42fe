/** Prefixes of the parts in every layout, longer ones first, and what stands for them in the paths of a `Llava`. */
const prefixes: readonly (readonly [stored: RegExp, path: string])[] = [
  [/^(model\.)?vision_tower\.(vision_tower\.)?(vision_model\.)?/, "encoder."],
  [/^(model\.)?(multi_modal_projector|mm_projector)\./, "projector."],
  [/^model\.language_model\./, "language_model.model."],
  [/^language_model\./, "language_model."],
  [/^/, "language_model."],
]

/** The path that a `Llava` has for a parameter, from its name in transformers or in the original code. */
export function parameterPath(name: string): string {
  const [stored, path] = prefixes.find(([prefix]) => prefix.test(name))!
  const found = name.replace(stored, path)
  // The original's projector is one linear layer, or layers with activations between them.
  return found
    .replace(/^projector\.(weight|bias)$/, "projector.linear_1.$1")
    .replace(/^projector\.(\d+)\./, (_, place: string) => `projector.linear_${Number(place) / 2 + 1}.`)
}
