/**
 * - `front`: where the original LLaVA puts images, before the text of their turn (several placeholders of one turn
 *   become one, since its samples hold one image; with `images` above 1 each stays).
 * - `in-place`: where they are written.
 */
export type ImagePlacement = "front" | "in-place"

export interface ImageOptions {
  /**
   * Default: `front` for training on turns, else `in-place`. Messages under a template that announces images by tags
   * are written as that template wants them.
   */
  imagePlacement?: ImagePlacement | undefined
  /** `mm_use_im_start_end`: each image stands between `<im_start>` and `<im_end>`. */
  imageStartEnd?: boolean | undefined
  /**
   * The first LLaVA's way: so many literal `<im_patch>` tokens per image, whose embeddings are overwritten later.
   * No -200 appears then. Splicing as many features at a -200 gives the same sequence, so this is for comparing ids.
   */
  imagePatches?: number | undefined
  /**
   * The id of the tokenizer's own image token (`image_token_index` of Hugging Face models). The text is then
   * tokenised whole instead of piece by piece, and this id becomes -200.
   */
  imageTokenId?: number | undefined
}
