import { findKind } from "../kinds/find-kind.ts"
import type { SeededRandom } from "../random/seeded-random.ts"
import type { Scene } from "../scene/scene.ts"

/**
 * A kind of the world that the scene does not show; half the time of a category that it does show, so that a guess by
 * category fails. Undefined where the scene shows every kind.
 */
export function drawAbsentKind(scene: Scene, random: SeededRandom): string | undefined {
  const shown = new Set(scene.objects.map(({ kind }) => kind))
  const categories = new Set([...shown].map((kind) => findKind(kind).category))
  const absent = scene.world.kinds.filter((kind) => !shown.has(kind))
  const alike = absent.filter((kind) => categories.has(findKind(kind).category))
  const choice = alike.length > 0 && random.chance(0.5) ? alike : absent
  return choice.length > 0 ? random.pick(choice) : undefined
}
