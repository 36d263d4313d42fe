import type { RgbImage } from "@llava/core"
import { SeededRandom } from "../random/seeded-random.ts"
import type { Scene } from "../scene/scene.ts"
import { findSetting } from "../settings/find-setting.ts"
import type { Layer } from "../settings/setting.ts"
import type { Sprites } from "../sprite/sprites.ts"
import { blitSprite } from "./blit-sprite.ts"
import { paintLayers } from "./paint-layers.ts"
import { visibleBoxes } from "./visible-boxes.ts"

/** COCO's box: left, top, width, height in pixels. */
export type Box = readonly [left: number, top: number, width: number, height: number]

export interface DrawnScene {
  readonly image: RgbImage
  /** The smallest box around what can be seen of each object, in the order of `scene.objects`. */
  readonly boxes: readonly Box[]
}

export interface DrawSceneOptions {
  /** What to paint behind the objects in place of the scene's setting. */
  layers?: readonly Layer[]
}

/** The scene's picture: the same bytes for the same scene, sprites and options, always. */
export function drawScene(scene: Scene, sprites: Sprites, options: DrawSceneOptions = {}): DrawnScene {
  const size = scene.world.imageSize
  const pixels = new Uint8Array(size * size * 3)
  const { layers = findSetting(scene.setting).layers } = options
  paintLayers(pixels, size, layers, new SeededRandom(scene.seed, "setting"))
  // Which object each pixel shows, counted from 1; 0 is the setting.
  const owners = new Uint8Array(size * size)
  for (const [index, object] of scene.objects.entries()) {
    const { size: edge, flipped, angle, left, top } = object
    blitSprite(
      sprites.sprite(object.kind, { size: edge, flipped, angle }),
      { pixels, owners, size },
      left,
      top,
      index + 1,
    )
  }
  const bright = Uint8Array.from({ length: 256 }, (_, value) => Math.min(255, Math.round(value * scene.brightness)))
  for (let at = 0; at < pixels.length; at++) pixels[at] = bright[pixels[at]!]!
  return {
    image: { width: size, height: size, data: pixels },
    boxes: visibleBoxes(owners, size, scene.objects),
  }
}
