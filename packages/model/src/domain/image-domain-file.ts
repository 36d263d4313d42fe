/** `mean` f32 `[size]`, `precision` f32 `[size, size]`, `limit` f32 `[]`, and `description` among the metadata. */
export const IMAGE_DOMAIN_FILE = "image_domain.safetensors"
