import { ImageError } from "../image/image-error.ts"

/**
 * A browser has no local paths.
 * @throws {ImageError} `image-not-found`, always
 */
export async function readImageFile(path: string | URL): Promise<Uint8Array> {
  throw new ImageError(`A browser cannot read the path ${path}.`, {
    code: "image-not-found",
    fix: "Give a URL (data:, blob:, http:, https:), a Blob or File, or bytes.",
  })
}
