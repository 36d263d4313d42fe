import { findKind } from "../kinds/find-kind.ts"
import type { SeededRandom } from "../random/seeded-random.ts"
import type { World } from "../world/world.ts"

/** How people call a kind: most often by its name, else by another that no other kind of the world shares. */
export function askedName(kind: string, world: World, random: SeededRandom): string {
  const { also = [], alike = [] } = findKind(kind)
  const isShared = (name: string) =>
    world.kinds.some((other) => other !== kind && (other === name || findKind(other).alike?.includes(name)))
  const own = [...also, ...alike.filter((name) => !isShared(name))]
  return own.length > 0 && random.chance(0.25) ? random.pick(own) : kind
}
