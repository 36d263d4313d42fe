import { imageSize } from "image-size"
import { corruptImage } from "../image/corrupt-image.ts"
import { dropAlpha } from "../image/drop-alpha.ts"
import { gifHiddenColor } from "../image/gif-hidden-color.ts"
import { ImageError } from "../image/image-error.ts"
import type { ImageFormat } from "../image/image-format.ts"
import type { RgbImage } from "../image/image-types.ts"
import { withoutExif } from "../image/without-exif.ts"

/**
 * Decodes with the browser's own codecs. `checkSize` is told the size before the pixels are decoded, and throws to
 * refuse.
 * @throws {ImageError} `image-corrupt`, `image-unsupported`
 */
export async function decodePixels(
  bytes: Uint8Array,
  format: ImageFormat,
  name: string,
  checkSize: (width: number, height: number) => void,
): Promise<RgbImage> {
  if (format === "TIFF") {
    throw new ImageError(`${name} is of the format TIFF, which browsers do not read.`, {
      code: "image-unsupported",
      fix: "Convert it to PNG, JPEG, WebP, GIF or AVIF.",
    })
  }
  const { width, height } = attempt(() => imageSize(bytes), format, name)
  checkSize(width, height)
  using bitmap = await decode(bytes, format, name)
  const rgba = attempt(() => readStraight(bitmap.image) ?? readFromCanvas(bitmap.image), format, name)
  // Browsers clear the colour of transparent GIF pixels; it comes back here.
  const hidden = format === "GIF" ? gifHiddenColor(bytes) : undefined
  return { width: bitmap.image.width, height: bitmap.image.height, data: dropAlpha(rgba, hidden) }
}

async function decode(
  bytes: Uint8Array,
  format: ImageFormat,
  name: string,
): Promise<{ image: ImageBitmap } & Disposable> {
  try {
    const blob = new Blob([withoutExif(new Uint8Array(bytes), format)])
    const image = await createImageBitmap(blob, { premultiplyAlpha: "none", colorSpaceConversion: "none" })
    return { image, [Symbol.dispose]: () => image.close() }
  } catch (cause) {
    throw corrupt(cause, format, name)
  }
}

/**
 * RGBA through a texture: a 2D canvas multiplies colours by alpha and cannot give them back.
 * Undefined where there is no WebGL 2 or the picture is larger than its textures.
 */
function readStraight(image: ImageBitmap): Uint8Array | undefined {
  const gl = new OffscreenCanvas(1, 1).getContext("webgl2")
  if (!gl || Math.max(image.width, image.height) > gl.getParameter(gl.MAX_TEXTURE_SIZE)) return undefined
  const texture = gl.createTexture()
  gl.bindTexture(gl.TEXTURE_2D, texture)
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, image)
  gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer())
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0)
  const rgba = new Uint8Array(image.width * image.height * 4)
  gl.readPixels(0, 0, image.width, image.height, gl.RGBA, gl.UNSIGNED_BYTE, rgba)
  const failed = gl.getError() !== gl.NO_ERROR
  // Browsers keep few contexts alive: this one is not needed any more.
  gl.getExtension("WEBGL_lose_context")?.loseContext()
  return failed ? undefined : rgba
}

/** Exact where the picture is opaque. */
function readFromCanvas(image: ImageBitmap): Uint8ClampedArray {
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d", { willReadFrequently: true })
  if (!context) throw new Error(`the browser gives no canvas of ${image.width} x ${image.height}`)
  context.drawImage(image, 0, 0)
  return context.getImageData(0, 0, image.width, image.height).data
}

function attempt<T>(work: () => T, format: ImageFormat, name: string): T {
  try {
    return work()
  } catch (cause) {
    throw corrupt(cause, format, name)
  }
}

function corrupt(cause: unknown, format: ImageFormat, name: string): ImageError {
  return corruptImage(name, format, cause instanceof Error ? cause.message : String(cause), cause)
}
