import type { World } from "@llava/scenes"
import { nanoPlaces } from "./nano-places.ts"
import { nanoThings } from "./nano-things.ts"

/** What a token means whatever its form: the kind that it names, else the place that it ends or begins with; undefined for others. */
export function nanoMeaning(token: string, world: World): string | undefined {
  const text = token.trim().toLowerCase()
  const thing = nanoThings(world).find(({ forms }) => forms.includes(text))
  if (thing) return thing.kind
  const { zones, settings } = nanoPlaces(world)
  return [...zones, ...settings].find((place) => new RegExp(`(^|[^a-z])${place}([^a-z]|$)`).test(text))
}
