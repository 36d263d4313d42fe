import type { SeededRandom } from "../random/seeded-random.ts"
import type { Zone } from "../scene/zone.ts"
import { zonePlace } from "./zone-place.ts"

const middle = ["in the middle", "in the centre", "at the center", "in the middle of the picture"]
const edges: Readonly<Record<string, readonly string[]>> = {
  top: ["on top", "in the top middle", "at the very top"],
  bottom: ["on the bottom", "in the bottom middle", "at the very bottom"],
  left: ["at the left", "on the left in the middle"],
  right: ["at the right", "on the right in the middle"],
}

/** How people call a zone: most often as answers do, "at the top left", but also "in the top left corner". */
export function askedPlace(zone: Zone, random: SeededRandom): string {
  if (random.chance(0.6)) return zonePlace(zone)
  if (zone === "center") return random.pick(middle)
  const named = edges[zone]
  if (named) return random.pick(named)
  const upper = zone.replace("top", "upper").replace("bottom", "lower")
  return random.pick([
    `in the ${zone}`,
    `on the ${zone}`,
    `in the ${zone} corner`,
    `at the ${upper}`,
    `in the ${upper}`,
  ])
}
