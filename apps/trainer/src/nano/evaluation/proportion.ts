/** A share of right answers with its 95 % interval (Wilson 1927). */
export interface Proportion {
  readonly right: number
  readonly total: number
  readonly share: number
  readonly low: number
  readonly high: number
}

const Z = 1.96

export function proportion(right: number, total: number): Proportion {
  if (total === 0) return { right, total, share: 0, low: 0, high: 1 }
  const share = right / total
  const middle = share + Z ** 2 / (2 * total)
  const spread = Z * Math.sqrt((share * (1 - share)) / total + Z ** 2 / (4 * total ** 2))
  const scale = 1 + Z ** 2 / total
  return {
    right,
    total,
    share,
    low: Math.max(0, (middle - spread) / scale),
    high: Math.min(1, (middle + spread) / scale),
  }
}
