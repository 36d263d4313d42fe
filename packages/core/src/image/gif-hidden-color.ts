/**
 * The colour that Pillow shows where the first frame of a GIF is transparent or does not cover the canvas: the
 * palette entry of the transparent index, or entry 0 where there is no such index. Black where the file ends early.
 * Follows the GIF89a specification, sections 18 to 25.
 */
export function gifHiddenColor(gif: Uint8Array): readonly [number, number, number] {
  let position = 13
  let palette = position
  const globalFlags = gif[10] ?? 0
  if (globalFlags & 0x80) position += paletteBytes(globalFlags)
  let hidden = 0
  while (gif[position] === 0x21) {
    const isGraphicControl = gif[position + 1] === 0xf9
    if (isGraphicControl && (gif[position + 3] ?? 0) & 1) hidden = gif[position + 6] ?? 0
    position += 2
    while (gif[position]) position += gif[position]! + 1
    position += 1
  }
  const hasLocalPalette = gif[position] === 0x2c && ((gif[position + 9] ?? 0) & 0x80) !== 0
  if (hasLocalPalette) palette = position + 10
  const entry = palette + hidden * 3
  return [gif[entry] ?? 0, gif[entry + 1] ?? 0, gif[entry + 2] ?? 0]
}

function paletteBytes(flags: number): number {
  return 3 * 2 ** ((flags & 7) + 1)
}
