/** Where one object is from another. */
export type Direction = "left of" | "right of" | "above" | "below"

export const directions: readonly Direction[] = ["left of", "right of", "above", "below"]
