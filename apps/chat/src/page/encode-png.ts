import sharp from "sharp"

/** RGB, or RGBA with colours multiplied by alpha as sprites have them, as a PNG file. */
export async function encodePng({
  width,
  height,
  data,
}: {
  width: number
  height: number
  data: Uint8Array
}): Promise<Uint8Array<ArrayBuffer>> {
  const channels = data.length === width * height * 4 ? 4 : 3
  const pixels = channels === 4 ? withoutAlphaFactor(data) : data
  return new Uint8Array(await sharp(pixels, { raw: { width, height, channels } }).png().toBuffer())
}

function withoutAlphaFactor(data: Uint8Array): Uint8Array {
  return data.map((value, at) => {
    const alpha = data[at - (at % 4) + 3]!
    return at % 4 === 3 || alpha === 0 ? value : Math.min(255, Math.round((value * 255) / alpha))
  })
}
