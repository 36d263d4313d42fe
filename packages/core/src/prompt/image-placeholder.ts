/** Stands for one image in the text of LLaVA's files and prompts (llava/constants.py). */
export const IMAGE_PLACEHOLDER = "<image>"
