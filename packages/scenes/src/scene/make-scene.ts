import { SeededRandom } from "../random/seeded-random.ts"
import { ScenesError } from "../scenes-error.ts"
import { isHeldOut } from "../world/is-held-out.ts"
import type { World } from "../world/world.ts"
import { placeObjects } from "./place-objects.ts"
import type { Scene } from "./scene.ts"
import { splitOfSeed } from "./split-of-seed.ts"
import { zones } from "./zone.ts"

/**
 * What the picture of this seed shows: the same for the same world and seed, always. The seed's split decides which
 * combinations of kind and setting may be seen.
 *
 * @param seed from `sceneSeed`, or any whole number from 0 to 2^53 - 1
 * @throws ScenesError `no-kinds` where the split leaves no kind for any setting
 */
export function makeScene(world: World, seed: number): Scene {
  const random = new SeededRandom(seed, "scene")
  const split = splitOfSeed(seed)
  const setting = random.pick(settingsOfSplit(world, split === "unseen"))
  const heldOut = world.kinds.filter((kind) => isHeldOut(world, kind, setting))
  const allowed = split === "unseen" ? world.kinds : world.kinds.filter((kind) => !heldOut.includes(kind))
  const count = random.whole(world.objects.minimum, world.objects.maximum)
  const kinds = [random.pick(split === "unseen" ? heldOut : allowed)]
  while (kinds.length < count) {
    const others = allowed.filter((kind) => !kinds.includes(kind))
    const repeats = others.length === 0 || random.chance(world.repeatChance)
    kinds.push(random.pick(repeats ? kinds : others))
  }
  const objects = placeObjects(world, random, kinds).sort(
    (a, b) => zones.indexOf(a.zone) - zones.indexOf(b.zone) || a.y - b.y || a.x - b.x,
  )
  return {
    world,
    seed,
    split,
    setting,
    brightness: random.between(world.brightness.minimum, world.brightness.maximum),
    objects,
  }
}

function settingsOfSplit(world: World, unseen: boolean): string[] {
  const possible = world.settings.filter((setting) =>
    world.kinds.some((kind) => isHeldOut(world, kind, setting) === unseen),
  )
  if (possible.length > 0) return possible
  throw new ScenesError(
    `The world ${world.name} ${unseen ? "holds out no" : "shows no"} combination of kind and setting.`,
    {
      code: "no-kinds",
      fix: unseen ? "Raise heldOut, or take another split." : "Lower heldOut, or give more kinds and settings.",
    },
  )
}
