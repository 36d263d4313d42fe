export { ClipModel } from "./clip-model.ts"
export {
  type ClipConfig,
  type ClipTextConfig,
  type ClipVisionConfig,
  clipConfigSchema,
  clipTextConfigSchema,
  clipVisionConfigSchema,
} from "./config/clip-config.ts"
export { clipVisionPresets } from "./config/clip-presets.ts"
export { ClipTextTower } from "./text/clip-text-tower.ts"
export { clipVision } from "./vision/clip-vision-part.ts"
export { ClipVisionTower } from "./vision/clip-vision-tower.ts"
