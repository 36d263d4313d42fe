/** Cosines and sines `[tokens, headSize]` of rotary positions of base 10,000, both halves alike. */
export function rotaryAngles(tokens: number, headSize: number): { cosines: Float32Array; sines: Float32Array } {
  const angle = (i: number) => Math.floor(i / headSize) * 10_000 ** (-(2 * (i % (headSize / 2))) / headSize)
  const from = (value: (angle: number) => number) =>
    Float32Array.from({ length: tokens * headSize }, (_, i) => value(angle(i)))
  return { cosines: from(Math.cos), sines: from(Math.sin) }
}
