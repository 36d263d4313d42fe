import { drawScene, findWorld, loadSprites, makeScene, SeededRandom, sceneSeed } from "@llava/scenes"
import { expect, test } from "vitest"
import { randomBackdrop } from "./random-backdrop.ts"

test("backdrops are of the seed, hardly ever alike, and leave the things where they are", async () => {
  const world = findWorld("small")
  const sprites = await loadSprites(world)
  const scene = makeScene(world, sceneSeed({ split: "train", run: 1, index: 3 }))
  const { boxes } = drawScene(scene, sprites)
  const pictures = Array.from({ length: 200 }, (_, seed) => {
    const layers = randomBackdrop(new SeededRandom(seed))
    expect(randomBackdrop(new SeededRandom(seed))).toEqual(layers)
    const drawn = drawScene(scene, sprites, { layers })
    expect(drawn.boxes).toEqual(boxes)
    return drawn.image.data
  })
  // The colour at a corner, where no thing stands: from dark to bright in each channel.
  for (const channel of [0, 1, 2]) {
    const values = pictures.map((data) => data[channel]!)
    expect(Math.min(...values)).toBeLessThan(40)
    expect(Math.max(...values)).toBeGreaterThan(215)
  }
  expect(new Set(pictures.map((data) => data.join())).size).toBe(200)
})
