import type { ImageContext } from "../contexts/image-context.ts"
import type { Kind } from "../kinds/kind.ts"
import { hashNumber } from "../random/hash-number.ts"
import { shuffledIndices } from "../random/shuffled-indices.ts"
import type { SampleSlot } from "./sample-slot.ts"

export interface PlanSettings {
  kinds: readonly Kind[]
  samplesPerImage: number
  seed: number
}

/**
 * Which kinds of samples each image gets: `samplesPerImage` of them, the kinds together in the proportions of their
 * shares to the sample, and different ones for one image as far as the proportions allow.
 */
export function planSamples(contexts: readonly ImageContext[], settings: PlanSettings): SampleSlot[][] {
  const { kinds, samplesPerImage, seed } = settings
  const slots: SampleSlot[][] = contexts.map(() => [])
  const order = shuffledIndices(contexts.length, hashNumber(seed, "plan"))
  let place = 0
  for (const [at, count] of quotas(kinds, contexts.length * samplesPerImage).entries()) {
    const kind = kinds[at]!
    for (let made = 0; made < count; made++, place++) {
      const own = slots[order[place % order.length]!]!
      own.push({ kind, index: own.filter((slot) => slot.kind === kind).length })
    }
  }
  return slots
}

/** The largest remainders get what rounding down leaves over. */
function quotas(kinds: readonly Kind[], total: number): number[] {
  const shares = kinds.reduce((sum, { share }) => sum + share, 0)
  const exact = kinds.map(({ share }) => (total * share) / shares)
  const counts = exact.map(Math.floor)
  const byRemainder = exact.map((value, at) => ({ at, rest: value % 1 })).sort((a, b) => b.rest - a.rest || a.at - b.at)
  const left = total - counts.reduce((sum, count) => sum + count, 0)
  for (const { at } of byRemainder.slice(0, left)) counts[at]!++
  return counts
}
