import type { AttendedImage } from "./attention-reply.ts"

const places = [
  ["top left", "top", "top right"],
  ["left", "middle", "right"],
  ["bottom left", "bottom", "bottom right"],
] as const

/** The map in words: how much went to the image, and which ninth of it got the most. */
export function describeWeights(weights: readonly number[], { columns, rows }: AttendedImage): string {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const ninths = new Map<string, number>()
  for (const [patch, weight] of weights.entries()) {
    const row = Math.floor((Math.floor(patch / columns) * 3) / rows)
    const column = Math.floor(((patch % columns) * 3) / columns)
    const place = places[row]?.[column] ?? "middle"
    ninths.set(place, (ninths.get(place) ?? 0) + weight)
  }
  const [place, most] = [...ninths].reduce((best, next) => (next[1] > best[1] ? next : best), ["middle", 0])
  const percent = (share: number) => `${Math.round(share * 100)} %`
  if (total <= 0) return "Nothing of this picture was looked at."
  return `${percent(total)} of the attention went to the picture, of that most to the ${place} (${percent(most / total)}).`
}
