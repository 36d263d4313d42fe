import { type Recipe, stage1 } from "@llava/train"

/**
 * Stage 1 as docs/training.md runs it on real data: in the language model's own template, at a rate at which two runs that
 * differ by a rounding stay together.
 */
export const demonstrationRecipe: Recipe = stage1({ template: null, batchSize: 4, steps: 200, learningRate: 1e-4 })
