import type { TensorPlaces } from "./collect-weights.ts"

interface Named<Config> {
  keys?(name: string, config: Config): string | undefined
  optional?(path: string): boolean
}

/** The places of a part's tensors in safetensors and torch files. */
export function tensorPlaces<Config>(part: Named<Config>, config: Config): TensorPlaces {
  return {
    place(name) {
      const path = part.keys ? part.keys(name, config) : name
      return path === undefined ? undefined : { path }
    },
    optional: part.optional,
  }
}
