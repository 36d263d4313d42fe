import { ImageError } from "./image-error.ts"

/** The error for a file or download beyond `maxBytes`. `size` is what is known of it, in bytes. */
export function tooManyBytes(name: string, size: number, maxBytes: number): ImageError {
  return new ImageError(`${name} has ${size} bytes or more; the limit is ${maxBytes} (maxBytes).`, {
    code: "image-too-large",
    fix: "Use a smaller file, or raise maxBytes.",
  })
}
