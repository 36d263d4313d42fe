/**
 * RGBA to RGB by leaving alpha out, as Pillow does.
 * @param rgba [pixels, 4]
 * @param hidden the colour of fully transparent pixels, for decoders that clear it; without it the stored one stays
 * @returns [pixels, 3]
 */
export function dropAlpha(
  rgba: Uint8Array | Uint8ClampedArray,
  hidden?: readonly [number, number, number],
): Uint8Array {
  const pixels = rgba.length / 4
  const rgb = new Uint8Array(pixels * 3)
  for (let pixel = 0; pixel < pixels; pixel++) {
    const from = pixel * 4
    const to = pixel * 3
    if (hidden && rgba[from + 3] === 0) {
      rgb.set(hidden, to)
      continue
    }
    rgb[to] = rgba[from]!
    rgb[to + 1] = rgba[from + 1]!
    rgb[to + 2] = rgba[from + 2]!
  }
  return rgb
}
