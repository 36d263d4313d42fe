import type { Checkpoint } from "@llava/checkpoint"
import type { GgufKeys, GgufShapes } from "../contract/part.ts"
import type { TensorPlaces } from "./collect-weights.ts"

interface GgufPart<Config> {
  readonly gguf?: GgufKeys<Config>
  optional?(path: string): boolean
}

/** Shapes and places of the tensors of a GGUF file. */
export function ggufPlaces(file: Checkpoint): {
  shapeOf: GgufShapes
  places<Config>(part: GgufPart<Config>, config: Config): TensorPlaces
} {
  const shapeOf: GgufShapes = (name) => file.tensors.get(name)?.shape
  return {
    shapeOf,
    places: (part, config) => ({
      place: (name) => part.gguf?.target(name, config, shapeOf),
      optional: part.optional,
    }),
  }
}
