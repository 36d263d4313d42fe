import type { ImageAspectRatio, ImageSpec } from "@llava/core"

/** What a thread of the image preparer is asked for. */
export interface ImageJob {
  readonly path: string
  readonly spec: ImageSpec
  readonly mode: ImageAspectRatio
}

/** Pixels, or what an error said: errors themselves lose their class between threads. */
export type ImageOutcome =
  | { readonly pixels: Float32Array<ArrayBuffer> }
  | { readonly message: string; readonly code: string | undefined }
