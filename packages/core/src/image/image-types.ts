/** Decoded pixels: RGB, 8 bits, rows from the top, `data[(y * width + x) * 3 + channel]`. */
export interface RgbImage {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** Resampling filters, named and computed as in PIL. */
export type Resample = "bicubic" | "bilinear" | "nearest"

/** How an encoder wants its pixels; read from `preprocessor_config.json` or stated by the encoder. */
export interface ImageSpec {
  /** Edge of the square that goes in, in pixels. */
  readonly size: number
  /** Per channel, on the 0..1 scale. */
  readonly mean: readonly [number, number, number]
  readonly std: readonly [number, number, number]
  readonly resample: Resample
  /**
   * What becomes of a picture that is not square: `crop` (the default, CLIP) brings its shorter edge to `size` and
   * keeps the centre, `stretch` (SigLIP) resizes both edges to `size`.
   */
  readonly fit?: "crop" | "stretch"
}

/** LLaVA's `image_aspect_ratio`: `square` is the encoder's own way, `pad` pads to a square with the mean colour first. */
export type ImageAspectRatio = "square" | "pad"

/** Where an image may come from. A string is a path (Node) or a `data:`, `http:` or `https:` URL. */
export type ImageInput = string | URL | Uint8Array | ArrayBuffer | Blob | RgbImage
