/** What the server says of an answer: how its tokens attended to the pictures, over all layers and heads. */
export interface AttentionReply {
  /** The answer's tokens as text, in order. */
  readonly tokens: readonly string[]
  readonly images: readonly AttendedImage[]
  /** For each token and image, the share of the token's attention that each patch got, row by row from the top. */
  readonly weights: readonly (readonly (readonly number[])[])[]
}

export interface AttendedImage {
  readonly columns: number
  readonly rows: number
  /** The part of the picture that the patches lie over, in fractions of it; beyond 0 to 1 where it was padded. */
  readonly view: { readonly left: number; readonly top: number; readonly width: number; readonly height: number }
}
