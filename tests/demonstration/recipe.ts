import { type Recipe, stage1 } from "@llava/train"

/** Stage 1 as docs/training.md runs it on real data. */
export const demonstrationRecipe: Recipe = stage1({ batchSize: 4, steps: 200 })
