import { describe, expect, test } from "vitest"
import { claimedCounts } from "../judge/claimed-counts.ts"
import { findsFalseClaim } from "../judge/finds-false-claim.ts"
import { readClaims } from "../judge/read-claims.ts"
import { readSettings } from "../judge/read-settings.ts"
import { makeScene } from "../scene/make-scene.ts"
import { sceneSeed } from "../scene/scene-seed.ts"
import { worlds } from "../world/worlds.ts"
import { sceneCaptions } from "./scene-captions.ts"

describe.each([...worlds.values()])("captions of the world $name", (world) => {
  test.each(["compact", "plain", "rich"] as const)("in the form %s name every object and nothing else", (form) => {
    for (let index = 0; index < 120; index++) {
      const scene = makeScene(world, sceneSeed({ split: "train", run: 6, index }))
      const captions = sceneCaptions(scene, form)
      expect(captions).toHaveLength(5)
      expect(sceneCaptions(scene, form)).toEqual(captions)
      const truth = new Map<string, number>()
      for (const { kind } of scene.objects) truth.set(kind, (truth.get(kind) ?? 0) + 1)
      for (const caption of captions) {
        const claims = readClaims(caption)
        expect([caption, claimedCounts(scene, claims)]).toEqual([caption, truth])
        expect([caption, findsFalseClaim(scene, caption, claims)]).toEqual([caption, false])
        expect(readSettings(caption).filter((name) => name !== scene.setting)).toEqual([])
      }
      expect(captions.some((caption) => readSettings(caption).includes(scene.setting))).toBe(true)
    }
  })
})
