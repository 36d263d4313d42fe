import { type Zone, zones } from "./zone.ts"

/** The third of the picture that a point lies in. */
export function zoneAt(x: number, y: number, imageSize: number): Zone {
  const third = (value: number) => Math.min(2, Math.max(0, Math.floor((value * 3) / imageSize)))
  return zones[third(y) * 3 + third(x)]!
}
