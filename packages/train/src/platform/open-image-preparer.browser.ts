import { preprocessImage } from "@llava/core"
import type { ImagePreparer } from "../data/image-preparer.ts"

/** Pictures are prepared where they are asked for: browsers decode them in threads of their own. */
export function openImagePreparer(): ImagePreparer {
  return { prepare: preprocessImage, async [Symbol.asyncDispose]() {} }
}
