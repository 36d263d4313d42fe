import { createHash } from "node:crypto"
import { describe, expect, test } from "vitest"
import { findWorld } from "../world/find-world.ts"
import { isHeldOut } from "../world/is-held-out.ts"
import { worldSchema } from "../world/world.ts"
import { worlds } from "../world/worlds.ts"
import { makeScene } from "./make-scene.ts"
import { sceneSeed } from "./scene-seed.ts"
import { splits } from "./split.ts"
import { splitOfSeed } from "./split-of-seed.ts"

test("different runs, splits and indices have different seeds, each in its own split", () => {
  const seeds = new Set<number>()
  for (const split of splits) {
    for (const run of [0, 1, 2 ** 20 - 1]) {
      for (const index of [0, 1, 2, 3, 4, 5, 6, 2 ** 28 - 1]) {
        const seed = sceneSeed({ split, run, index })
        expect(Number.isSafeInteger(seed)).toBe(true)
        expect(splitOfSeed(seed)).toBe(split)
        seeds.add(seed)
      }
    }
  }
  expect(seeds.size).toBe(4 * 3 * 8)
})

test.each([
  { run: -1, index: 0 },
  { run: 2 ** 20, index: 0 },
  { run: 0.5, index: 0 },
  { run: 0, index: 2 ** 28 },
])("a run or index outside the range is refused: %j", (numbers) => {
  expect(() => sceneSeed({ split: "test", ...numbers })).toThrow(/has to be a whole number from 0/)
})

describe.each([...worlds.values()])("the world $name", (world) => {
  const scenes = splits.flatMap((split) =>
    Array.from({ length: 400 }, (_, index) => makeScene(world, sceneSeed({ split, run: 4, index }))),
  )

  test("fits its own schema", () => {
    expect(worldSchema.parse(world)).toEqual(world)
    expect(new Set(world.kinds).size).toBe(world.kinds.length)
  })

  test("shows held-out combinations in the split unseen alone, and in each of its scenes", () => {
    for (const { split, setting, objects } of scenes) {
      const heldOut = objects.some(({ kind }) => isHeldOut(world, kind, setting))
      expect(heldOut).toBe(split === "unseen")
    }
  })

  test("holds out about the share it says, and no kind or setting entirely", () => {
    const all = world.kinds.flatMap((kind) => world.settings.map((setting) => isHeldOut(world, kind, setting)))
    const share = all.filter(Boolean).length / all.length
    expect(share).toBeGreaterThan(world.heldOut * 0.6)
    expect(share).toBeLessThan(world.heldOut * 1.4)
    for (const kind of world.kinds)
      expect(world.settings.some((setting) => !isHeldOut(world, kind, setting))).toBe(true)
  })

  test("has objects inside the picture, as many as it says", () => {
    for (const { objects } of scenes) {
      expect(objects.length).toBeGreaterThanOrEqual(world.objects.minimum)
      expect(objects.length).toBeLessThanOrEqual(world.objects.maximum)
      for (const { left, top, size } of objects) {
        expect(Math.min(left, top)).toBeGreaterThanOrEqual(0)
        expect(Math.max(left, top) + size).toBeLessThanOrEqual(world.imageSize)
      }
    }
    const full = scenes.filter(({ objects }) => objects.length === world.objects.maximum).length / scenes.length
    const fair = 1 / (world.objects.maximum - world.objects.minimum + 1)
    expect(full).toBeGreaterThan(fair * 0.6)
  })
})

test("a scene depends on the world and its seed alone: these are the same everywhere", () => {
  const text = [...worlds.values()].flatMap((world) =>
    Array.from({ length: 20 }, (_, index) => {
      const { world: _world, ...scene } = makeScene(world, sceneSeed({ split: "train", run: 1, index }))
      return JSON.stringify(scene)
    }),
  )
  expect(createHash("sha256").update(text.join("\n")).digest("hex")).toMatchInlineSnapshot(
    `"50a6294333394b22ccd2f476c7ce1b85923cb8803a458b9c37376498f89eabf3"`,
  )
})

test("an unknown world, kind or setting is refused by name", () => {
  expect(() => findWorld("tiny")).toThrow('There is no world "tiny". Take one of: small, medium, large.')
  const world = { ...findWorld("small"), kinds: ["cat", "griffin"] }
  expect(worldSchema.safeParse(world).error?.issues[0]?.message).toBe('no such kind of object: "griffin"')
})
