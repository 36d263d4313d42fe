/**
 * Rounds as Python does, which printed the published figures: to the nearest decimal of the exact binary value, and to the
 * even digit where two are equally near.
 */
export function roundHalfEven(value: number, digits: number): number {
  const rounded = Number(value.toFixed(digits))
  // Only a multiple of 2^-(digits + 1) can lie half-way, and then this product is exact.
  const isTie = Number.isInteger(value * 2 ** (digits + 1)) && Math.abs(value * 10 ** digits) % 1 === 0.5
  if (!isTie) return rounded
  const below = Math.floor(value * 10 ** digits)
  return (below % 2 === 0 ? below : below + 1) / 10 ** digits
}
