import type { ImageDescription } from "./parse-contexts.ts"

/** Captions, and boxes where there are any, as LLaVA writes them for language models without eyes. */
export function describeImage({ captions, instances }: ImageDescription): string {
  const boxes = instances?.map(({ category, bbox }) => `${category}: [${bbox.map(asPython).join(", ")}]`).join("\n")
  return boxes === undefined ? captions.join("\n") : `${captions.join("\n")}\n\n${boxes}`
}

/** Python writes 1.0 where JavaScript writes 1. */
function asPython(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value)
}
