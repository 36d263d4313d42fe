/**
 * Width and height after the shorter edge was brought to `size` with the proportions kept; the longer edge is rounded
 * down, as `get_resize_output_image_size` of transformers does. All in pixels.
 */
export function shortestEdgeSize(
  width: number,
  height: number,
  size: number,
): { readonly width: number; readonly height: number } {
  if (width <= height) return { width: size, height: Math.trunc((size * height) / width) }
  return { width: Math.trunc((size * width) / height), height: size }
}
