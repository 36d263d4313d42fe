import { definePart } from "@llava/model"
import { type ClipVisionConfig, clipVisionConfigSchema } from "../config/clip-config.ts"
import { clipVisionGguf } from "../keys/clip-vision-gguf.ts"
import { clipVisionKeys } from "../keys/clip-vision-keys.ts"
import { ClipVisionTower } from "./clip-vision-tower.ts"

/** CLIP's image tower as a part of a LLaVA. */
export const clipVision = definePart({
  kind: "vision-encoder",
  modelType: "clip_vision_model",
  configSchema: clipVisionConfigSchema,
  build: (config: ClipVisionConfig) => new ClipVisionTower(config),
  keys: clipVisionKeys,
  gguf: clipVisionGguf,
})
