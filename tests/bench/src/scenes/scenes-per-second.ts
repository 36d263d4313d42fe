// How fast scenes are made: drawn in one thread and in all, beside the same composition by sharp, and their questions.
// Prints one JSON line a world. Run: node --conditions=@llava/source tests/bench/src/scenes/scenes-per-second.ts [seconds]
import { availableParallelism } from "node:os"
import {
  askScene,
  drawScene,
  loadSprites,
  makeScene,
  openScenePool,
  type Scene,
  SeededRandom,
  type Sprites,
  sceneSeed,
  worlds,
} from "@llava/scenes"
import sharp, { type OverlayOptions } from "sharp"

const seconds = Number(process.argv[2] ?? 2)

/** Calls a second, after a while of warming up. */
async function rate(call: (index: number) => unknown, each = 1): Promise<number> {
  for (let index = 0; index < 50; index += each) await call(index)
  const began = performance.now()
  let done = 0
  while (performance.now() - began < seconds * 1000) {
    await call(done)
    done += each
  }
  return Math.round((done / (performance.now() - began)) * 1000)
}

/** What sharp needs for a scene: the painted setting, and the sprites with colours that are not multiplied by alpha. */
function forSharp(scene: Scene, sprites: Sprites): { setting: Buffer; overlays: OverlayOptions[] } {
  const overlays = scene.objects.map(({ kind, size, flipped, angle, left, top }) => {
    const { width, height, data } = sprites.sprite(kind, { size, flipped, angle })
    const straight = Buffer.from(data)
    for (let at = 0; at < straight.length; at += 4) {
      const alpha = straight[at + 3]!
      for (let channel = 0; channel < 3 && alpha > 0; channel++)
        straight[at + channel] = Math.min(255, Math.round((straight[at + channel]! * 255) / alpha))
    }
    return { input: straight, raw: { width, height, channels: 4 as const }, left, top }
  })
  return { setting: Buffer.from(drawScene({ ...scene, objects: [] }, sprites).image.data), overlays }
}

function compose(size: number, { setting, overlays }: ReturnType<typeof forSharp>): Promise<Buffer> {
  return sharp(setting, { raw: { width: size, height: size, channels: 3 } })
    .composite(overlays)
    .removeAlpha()
    .raw()
    .toBuffer()
}

for (const world of worlds.values()) {
  const sprites = await loadSprites(world)
  const sceneOf = (index: number) => ({
    ...makeScene(world, sceneSeed({ split: "train", run: 1, index })),
    // sharp composes at full brightness.
    brightness: 1,
  })
  const prepared = Array.from({ length: 50 }, (_, index) => forSharp(sceneOf(index), sprites))
  let difference = 0
  for (const [index, input] of prepared.entries()) {
    const own = drawScene(sceneOf(index), sprites).image.data
    const theirs = await compose(world.imageSize, input)
    difference = own.reduce((most, value, at) => Math.max(most, Math.abs(value - theirs[at]!)), difference)
  }
  const drawn = await rate((index) => drawScene(sceneOf(index), sprites))
  const composed = await rate((index) => compose(world.imageSize, prepared[index % prepared.length]!))
  const asked = await rate((index) => {
    const random = new SeededRandom(index)
    return askScene(sceneOf(index), { form: "rich", random, count: 5 })
  })
  await using pool = await openScenePool(world)
  const pooled = await rate((from) => {
    const seeds = Array.from({ length: 64 }, (_, index) => sceneSeed({ split: "train", run: 2, index: from + index }))
    return pool.draw(seeds)
  }, 64)
  console.log(
    JSON.stringify({
      world: world.name,
      threads: Math.min(8, Math.max(1, availableParallelism() - 1)),
      scenesPerSecond: { drawn, pooled },
      // Without painting the setting, making the scene and its boxes, which @llava/scenes does in its time.
      sharpComposite: { scenesPerSecond: composed, largestDifference: difference },
      scenesWithFiveQuestionsPerSecond: asked,
    }),
  )
}
