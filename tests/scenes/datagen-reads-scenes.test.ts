import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { readContexts } from "@llava/datagen"
import { findWorld, makeDataSet, makeScene, sceneSeed } from "@llava/scenes"
import { expect, test } from "vitest"

test("captions and boxes of scenes go through data generation like those of COCO", async () => {
  const out = await mkdtemp(join(tmpdir(), "scenes-coco-"))
  try {
    const world = findWorld("medium")
    const files = await makeDataSet({ world, split: "validation", count: 30, seed: 3, out, threads: 1 })
    const { contexts, counts } = await readContexts({ path: files.captions, instances: files.instances })
    expect(contexts).toHaveLength(30)
    const faults = Object.entries(counts).filter(([name, count]) => /without|crowd|invalid/i.test(name) && count !== 0)
    expect(faults).toEqual([])
    for (const [index, context] of contexts.entries()) {
      const { objects } = makeScene(world, sceneSeed({ split: "validation", run: 3, index }))
      expect(context.captions).toHaveLength(5)
      expect(context.instances?.map(({ category }) => category)).toEqual(objects.map(({ kind }) => kind))
      // Data generation keeps three digits of a share of 96 pixels.
      for (const [at, { bbox }] of context.instances!.entries()) {
        const { left, top, size } = objects[at]!
        const [x1, y1, x2, y2] = bbox.map((share) => share * world.imageSize)
        expect(x1).toBeGreaterThanOrEqual(left - 0.06)
        expect(y1).toBeGreaterThanOrEqual(top - 0.06)
        expect(x2).toBeLessThanOrEqual(left + size + 0.06)
        expect(y2).toBeLessThanOrEqual(top + size + 0.06)
      }
    }
  } finally {
    await rm(out, { recursive: true })
  }
})
