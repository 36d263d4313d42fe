import type { GgufKeys, GgufShapes } from "@llava/model"
import type { DefaultProjectorConfig } from "./projector-config.ts"
import { projectorKeys } from "./projector-keys.ts"

/** The projector inside an `mmproj` file of llama.cpp: `mm.0`, `mm.2`, ..., or `mm` alone. */
export const projectorGguf: GgufKeys<DefaultProjectorConfig> = {
  architecture: "clip",
  config(metadata, shapeOf) {
    const stated = metadata["clip.projector_type"] ?? "mlp"
    const layers = layerShapes(shapeOf)
    const depth = layers.length
    return {
      // llama.cpp says `mlp` for a single layer too.
      type: stated !== "mlp" ? stated : depth === 1 ? "linear" : `mlp${depth}x_gelu`,
      hiddenSize: layers.at(-1)?.[0],
    }
  },
  target(name) {
    const path = /^mm\.(.+)$/.exec(name)?.[1]
    const target = path && projectorKeys(path)
    return target ? { path: target } : undefined
  },
}

function layerShapes(shapeOf: GgufShapes): (readonly number[])[] {
  const single = shapeOf("mm.weight")
  if (single) return [single]
  const layers: (readonly number[])[] = []
  for (let place = 0; ; place += 2) {
    const shape = shapeOf(`mm.${place}.weight`)
    if (!shape) return layers
    layers.push(shape)
  }
}
