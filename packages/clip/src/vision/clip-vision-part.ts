import { definePart } from "@llava/model"
import { type ClipVisionConfig, clipVisionConfigSchema } from "../config/clip-config.ts"
import { clipVisionPresets } from "../config/clip-presets.ts"
import { clipVisionGguf } from "../keys/clip-vision-gguf.ts"
import { clipVisionKeys } from "../keys/clip-vision-keys.ts"
import { clipVisionDeviation } from "./clip-vision-deviation.ts"
import { ClipVisionTower } from "./clip-vision-tower.ts"

/** CLIP's image tower as a part of a LLaVA. */
export const clipVision = definePart({
  kind: "vision-encoder",
  modelType: "clip_vision_model",
  configSchema: clipVisionConfigSchema,
  build: (config: ClipVisionConfig) => new ClipVisionTower(config),
  initialDeviation: clipVisionDeviation,
  keys: clipVisionKeys,
  gguf: clipVisionGguf,
  optional: (path: string) => path.startsWith("post_layernorm."),
  published: {
    "openai/clip-vit-base-patch32": clipVisionPresets.vitBase32,
    "openai/clip-vit-base-patch16": clipVisionPresets.vitBase16,
    "openai/clip-vit-large-patch14": clipVisionPresets.vitLarge14,
    "openai/clip-vit-large-patch14-336": clipVisionPresets.vitLarge14At336,
  },
})
