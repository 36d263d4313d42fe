import { IGNORE_INDEX, IMAGE_TOKEN_INDEX } from "@llava/core"
import type { PreparedSample } from "../data/prepared-sample.ts"

export interface PackedRow {
  /** Of its samples, one after the other. */
  readonly ids: number[]
  /** The first token of a sample, which nothing precedes, is not learned. */
  readonly labels: number[]
  readonly images: Float32Array[]
  /** Tokens of each sample, images included. */
  readonly lengths: number[]
}

/**
 * Samples to rows of at most `limit` tokens: the longest first, each into the fullest row that has room (best fit). A
 * sample longer than that has a row of its own. Without `packing` every sample has, in its order.
 */
export function packRows(
  samples: readonly PreparedSample[],
  { tokensPerImage, limit, packing }: { tokensPerImage: number; limit: number; packing: boolean },
): PackedRow[] {
  const sized = samples.map((sample) => ({ sample, length: tokensOf(sample, tokensPerImage) }))
  if (packing) sized.sort((a, b) => b.length - a.length)
  const rows: { row: PackedRow; length: number }[] = []
  for (const { sample, length } of sized) {
    const room = packing ? rows.filter((row) => row.length + length <= limit) : []
    let fullest = room.sort((a, b) => b.length - a.length)[0]
    if (!fullest) {
      fullest = { row: { ids: [], labels: [], images: [], lengths: [] }, length: 0 }
      rows.push(fullest)
    }
    const { row } = fullest
    row.ids.push(...sample.ids)
    row.labels.push(...sample.labels.with(0, IGNORE_INDEX))
    row.images.push(...sample.images)
    row.lengths.push(length)
    fullest.length += length
  }
  return rows.map(({ row }) => row)
}

const tokensOf = ({ ids }: PreparedSample, tokensPerImage: number) =>
  ids.reduce((sum, id) => sum + (id === IMAGE_TOKEN_INDEX ? tokensPerImage : 1), 0)
