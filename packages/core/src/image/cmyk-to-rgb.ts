/**
 * Ink to light without a colour profile, as Pillow converts CMYK to RGB.
 * @param cmyk 255 = full ink. [pixels, channels], of which the first four count
 * @returns [pixels, 3]
 */
export function cmykToRgb(cmyk: Uint8Array, channels: number): Uint8Array {
  const pixels = cmyk.length / channels
  const rgb = new Uint8Array(pixels * 3)
  for (let pixel = 0; pixel < pixels; pixel++) {
    const from = pixel * channels
    const light = 255 - cmyk[from + 3]!
    for (let channel = 0; channel < 3; channel++) {
      // light * ink / 255, rounded: never more than light.
      const product = cmyk[from + channel]! * light + 128
      rgb[pixel * 3 + channel] = light - (((product >> 8) + product) >> 8)
    }
  }
  return rgb
}
