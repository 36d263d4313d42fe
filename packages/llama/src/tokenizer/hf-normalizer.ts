import { z } from "zod"
import { charactersMap } from "./characters-map.ts"
import { checkedConfig } from "./checked-config.ts"
import { hfComponent } from "./hf-component.ts"
import type { Component } from "./hf-json-schema.ts"
import { component } from "./hf-json-schema.ts"

const sequence = z.object({ normalizers: z.array(component) })
const precompiled = z.object({ precompiled_charsmap: z.base64().nullish() })

/** The normaliser of a `tokenizer.json`. Character maps are ours (the library approximates them by NFKC). */
export function hfNormalizer(config: Component, file: string): (text: string) => string {
  if (config.type === "Sequence") {
    const steps = checkedConfig(sequence, config, file).normalizers.map((step) => hfNormalizer(step, file))
    return (text) => steps.reduce((result, step) => step(result), text)
  }
  if (config.type === "Precompiled") {
    const encoded = checkedConfig(precompiled, config, file).precompiled_charsmap
    if (!encoded) return (text) => text
    return charactersMap(
      Uint8Array.from(atob(encoded), (latin1) => latin1.charCodeAt(0)),
      file,
    )
  }
  const normalizer = hfComponent("normalizer", config, file)
  // The library's Prepend writes in front of nothing too; Hugging Face's does not.
  return (text) => (text === "" || !normalizer ? text : normalizer.normalize(text))
}
