import { LlavaError } from "../error/llava-error.ts"

/** A picture that cannot be had, read, decoded or prepared. The message names the picture and the fix. */
export class ImageError extends LlavaError {}
