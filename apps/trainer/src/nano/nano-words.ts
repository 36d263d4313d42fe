import type { World } from "@llava/scenes"

/** What texts of the picture-text phase are made of: the things and settings of a world. */
export const nanoWords = (world: World): string[] => [...world.kinds, ...world.settings]
