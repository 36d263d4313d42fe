import type { ImageAspectRatio, ImageSpec } from "@llava/core"

/** A part of a picture in fractions of its width and height; it reaches beyond 0 to 1 where padding was added. */
export interface ImageView {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** The part of a picture that the encoder sees, after `prepareImage`. */
export function imageView(
  { width, height }: { width: number; height: number },
  { fit }: Pick<ImageSpec, "fit">,
  mode: ImageAspectRatio,
): ImageView {
  if (mode === "square" && fit === "stretch") return { left: 0, top: 0, width: 1, height: 1 }
  const edge = mode === "pad" ? Math.max(width, height) : Math.min(width, height)
  return {
    left: (width - edge) / 2 / width,
    top: (height - edge) / 2 / height,
    width: edge / width,
    height: edge / height,
  }
}
