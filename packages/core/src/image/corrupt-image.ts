import { ImageError } from "./image-error.ts"
import type { ImageFormat } from "./image-format.ts"

/** The error for a picture whose format is known and whose decoder gave up. `why` is the decoder's own word. */
export function corruptImage(name: string, format: ImageFormat, why: string, cause: unknown): ImageError {
  return new ImageError(`${name} (${format}) cannot be decoded: ${why.replace(/\.$/, "")}.`, {
    code: "image-corrupt",
    fix: "It is damaged or cut short: fetch or export it again.",
    cause,
  })
}
