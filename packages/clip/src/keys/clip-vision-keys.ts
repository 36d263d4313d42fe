/** Checkpoints have the tower bare or below `vision_model.`; files of a whole CLIP carry the text tower as well. */
export function clipVisionKeys(name: string): string | undefined {
  if (/^(text_model|text_projection|visual_projection|logit_scale)\b/.test(name)) return undefined
  const path = name.replace(/^vision_model\./, "")
  return path.endsWith("position_ids") ? undefined : path
}
