import { createHash } from "node:crypto"
import { mkdtemp, readdir, rm, truncate } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { isBeside } from "../facts/is-beside.ts"
import { isBigger } from "../facts/is-bigger.ts"
import { makeScene } from "../scene/make-scene.ts"
import { sceneSeed } from "../scene/scene-seed.ts"
import { zones } from "../scene/zone.ts"
import { loadSprites } from "../sprite/load-sprites.ts"
import type { Sprites } from "../sprite/sprites.ts"
import { findWorld } from "../world/find-world.ts"
import { worlds } from "../world/worlds.ts"
import { type DrawnScene, drawScene } from "./draw-scene.ts"

// The large world has every kind.
let sprites: Sprites
let others: Sprites
beforeAll(async () => {
  sprites = await loadSprites(findWorld("large"))
  others = await loadSprites(findWorld("large"))
}, 60_000)

describe.each([...worlds.values()])("pictures of the world $name", (world) => {
  const seeds = Array.from({ length: 150 }, (_, index) => sceneSeed({ split: "test", run: 5, index }))

  test("are the same bytes for the same seed", () => {
    const hash = ({ image }: DrawnScene) => createHash("sha256").update(image.data).digest("hex")
    // In another order, and with what was drawn before still kept.
    const first = seeds.slice(0, 20).map((seed) => hash(drawScene(makeScene(world, seed), sprites)))
    const second = seeds
      .slice(0, 20)
      .toReversed()
      .map((seed) => hash(drawScene(makeScene(world, seed), others)))
    expect(second.toReversed()).toEqual(first)
  })

  // What is said of a scene is decided without pixels; here the pixels are asked.
  test("agree with places, sides and sizes that are stated of their scenes", () => {
    for (const seed of seeds) {
      const scene = makeScene(world, seed)
      const { boxes } = drawScene(scene, sprites)
      const seen = boxes.map(([left, top, width, height]) => ({
        x: left + width / 2,
        y: top + height / 2,
        area: width * height,
      }))
      for (const [index, object] of scene.objects.entries()) {
        const [left, top, width, height] = boxes[index]!
        const box = seen[index]!
        expect(width * height).toBeGreaterThan(object.size ** 2 * 0.2)
        expect(left).toBeGreaterThanOrEqual(object.left)
        expect(top + height).toBeLessThanOrEqual(object.top + object.size)
        // The middle of what is seen lies in the stated third, or so near to it that nobody would object.
        const slack = world.imageSize * 0.08
        const [column, row] = [zones.indexOf(object.zone) % 3, Math.floor(zones.indexOf(object.zone) / 3)]
        const third = world.imageSize / 3
        expect(box.x).toBeGreaterThan(column * third - slack)
        expect(box.x).toBeLessThan((column + 1) * third + slack)
        expect(box.y).toBeGreaterThan(row * third - slack)
        expect(box.y).toBeLessThan((row + 1) * third + slack)
        for (const [otherIndex, other] of scene.objects.entries()) {
          const otherBox = seen[otherIndex]!
          if (isBeside(scene, object, "left of", other)) expect(box.x).toBeLessThan(otherBox.x)
          if (isBeside(scene, object, "above", other)) expect(box.y).toBeLessThan(otherBox.y)
          if (isBigger(object, other)) expect(box.area).toBeGreaterThan(otherBox.area)
        }
      }
    }
  })
})

test("sprites come from the cache folder the second time, and are made again where a file is damaged", async () => {
  const folder = await mkdtemp(join(tmpdir(), "scenes-"))
  try {
    const world = { ...findWorld("small"), kinds: ["cat", "dog", "car"] }
    const scene = makeScene(world, sceneSeed({ split: "train", run: 1, index: 1 }))
    const draw = async () => drawScene(scene, await loadSprites(world, { cacheFolder: folder })).image.data
    const first = await draw()
    const [version] = await readdir(folder)
    const files = await readdir(join(folder, version!))
    expect(files.sort()).toEqual(["automobile.rgba", "cat-face.rgba", "dog-face.rgba"])
    expect(await draw()).toEqual(first)
    for (const file of files) await truncate(join(folder, version!, file), 1000)
    expect(await draw()).toEqual(first)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test("a scene of a world that was not loaded is refused", async () => {
  const cats = await loadSprites({ ...findWorld("small"), kinds: ["cat"] })
  const scene = makeScene({ ...findWorld("small"), kinds: ["dog"] }, 11)
  expect(() => drawScene(scene, cats)).toThrow(/"dog" is not loaded/)
})

test("objects stand before other layers as they stand before the setting's own", () => {
  const scene = makeScene(findWorld("small"), 12)
  const [color, other] = [
    [200, 60, 90],
    [60, 90, 200],
  ] as const
  const layer = { type: "gradient", from: 0, to: 1 } as const
  const [own, first, second] = [
    {},
    { layers: [{ ...layer, top: color, bottom: color }] },
    { layers: [{ ...layer, top: other, bottom: other }] },
  ].map((options) => drawScene(scene, sprites, options))
  expect(first!.boxes).toEqual(own!.boxes)
  const [left, top, width, height] = own!.boxes[0]!
  const at = 3 * ((top + (height >> 1)) * scene.world.imageSize + left + (width >> 1))
  const pixel = ({ image }: DrawnScene, offset: number) => [...image.data.subarray(offset, offset + 3)]
  for (const [drawn, rgb] of [
    [first!, color],
    [second!, other],
  ] as const)
    for (const [channel, value] of pixel(drawn, 0).entries()) expect(Math.abs(value - rgb[channel]!)).toBeLessThan(20)
  expect(pixel(second!, at)).toEqual(pixel(first!, at))
  expect(pixel(own!, at)).toEqual(pixel(first!, at))
})
