import type { ImageAspectRatio, ImageSpec } from "@llava/core"

/** Makes of picture files what encoders read. */
export interface ImagePreparer extends AsyncDisposable {
  /** `[3, spec.size, spec.size]`. Rejects with ImageError, and with "preparer-closed" once it is disposed. */
  prepare(path: string, spec: ImageSpec, mode: ImageAspectRatio): Promise<Float32Array<ArrayBuffer>>
}
