import { type DecodeImageOptions, decodeImage } from "./decode-image.ts"
import type { ImageAspectRatio, ImageInput, ImageSpec } from "./image-types.ts"
import { normalizeImage } from "./normalize-image.ts"
import { prepareImage } from "./prepare-image.ts"

/**
 * From a file, URL or bytes to what the encoder reads: decodes, prepares and normalises.
 * @returns [3, spec.size, spec.size]
 * @throws {ImageError} whatever {@link decodeImage} throws
 */
export async function preprocessImage(
  input: ImageInput,
  spec: ImageSpec,
  mode: ImageAspectRatio,
  options?: DecodeImageOptions,
): Promise<Float32Array<ArrayBuffer>> {
  return normalizeImage(prepareImage(await decodeImage(input, options), spec, mode), spec)
}
