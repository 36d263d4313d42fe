/** Pixels `[..., 3, height, width]` image by image. */
export function splitImages(pixels: Float32Array, shape: readonly number[]): Float32Array[] {
  const size = shape.slice(-3).reduce((a, b) => a * b, 1)
  return Array.from({ length: pixels.length / size }, (_, image) => pixels.subarray(image * size, (image + 1) * size))
}
