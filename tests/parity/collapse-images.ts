import { IMAGE_TOKEN_INDEX } from "@llava/core"

/** Hugging Face repeats the image token for every feature; ours stands once per image. */
export function collapseImages(ids: readonly number[], imageToken: number, tokensPerImage: number): number[] {
  const result: number[] = []
  for (let at = 0; at < ids.length; at++) {
    if (ids[at] !== imageToken) {
      result.push(ids[at]!)
      continue
    }
    const image = ids.slice(at, at + tokensPerImage)
    if (image.length < tokensPerImage || image.some((id) => id !== imageToken)) {
      throw new Error(`image tokens from ${at} on are no multiple of ${tokensPerImage}`)
    }
    result.push(IMAGE_TOKEN_INDEX)
    at += tokensPerImage - 1
  }
  return result
}
