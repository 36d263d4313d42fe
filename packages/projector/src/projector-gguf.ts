import type { GgufKeys } from "@llava/model"
import type { DefaultProjectorConfig } from "./projector-config.ts"
import { projectorKeys } from "./projector-keys.ts"

/** The projector inside an `mmproj` file of llama.cpp: `mm.0`, `mm.2`. */
export const projectorGguf: GgufKeys<DefaultProjectorConfig> = {
  architecture: "clip",
  config: (metadata) => ({
    type: metadata["clip.projector_type"] === "mlp" ? "mlp2x_gelu" : metadata["clip.projector_type"],
  }),
  target(name) {
    const path = /^mm\.(.+)$/.exec(name)?.[1]
    const target = path && projectorKeys(path)
    return target ? { path: target } : undefined
  },
}
