/** Marks an image's place among token ids (llava/constants.py). */
export const IMAGE_TOKEN_INDEX = -200
/** A label that carries no loss (PyTorch's `ignore_index`). */
export const IGNORE_INDEX = -100
