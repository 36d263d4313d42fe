import type { Zone } from "../scene/zone.ts"

/** Whether people would count one zone to the other: "on the left" may mean the top left, too. */
export function isNearZone(zone: Zone, other: Zone): boolean {
  return zone !== other && (other.split(" ").includes(zone) || zone.split(" ").includes(other))
}
