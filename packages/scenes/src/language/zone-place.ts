import type { Zone } from "../scene/zone.ts"

/** "at the top left", "on the left", "in the center". */
export function zonePlace(zone: Zone): string {
  if (zone === "center") return "in the center"
  return zone === "left" || zone === "right" ? `on the ${zone}` : `at the ${zone}`
}
