/**
 * A small picture with transparency: RGBA, 8 bits, colours already multiplied by alpha, rows from the top,
 * `data[(y * width + x) * 4 + channel]`.
 */
export interface Sprite {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}
