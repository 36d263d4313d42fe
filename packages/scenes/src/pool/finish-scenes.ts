import { drawScene } from "../drawing/draw-scene.ts"
import { encodePng } from "../files/encode-png.ts"
import { makeScene } from "../scene/make-scene.ts"
import type { Sprites } from "../sprite/sprites.ts"
import type { World } from "../world/world.ts"
import type { FinishedScene, SceneJob } from "./scene-job.ts"

/** Does a job: what runs in every thread. */
export async function finishScenes(world: World, sprites: Sprites, { seeds, png }: SceneJob): Promise<FinishedScene[]> {
  const scenes: FinishedScene[] = []
  for (const seed of seeds) {
    const { image, boxes } = drawScene(makeScene(world, seed), sprites)
    scenes.push({ data: png ? await encodePng(image) : image.data, boxes })
  }
  return scenes
}
