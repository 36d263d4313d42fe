import type { MemoryNeed, Recipe } from "@llava/train"
import { megabytes } from "./megabytes.ts"

/** What a run needs on the GPU, for people. */
export function memoryLines(need: MemoryNeed, { microBatchSize, batchSize }: Recipe): string[] {
  const batch = microBatchSize ?? batchSize
  return [
    `trained parameters  ${need.trainedParameters.toLocaleString("en")}`,
    `weights             ${megabytes(need.weightBytes)} MB`,
    `gradients, state    ${megabytes(need.trainingBytes)} MB`,
    `peak of a step      ${megabytes(need.peakBytes)} MB with ${batch} of the longest samples at once (microBatchSize)`,
  ]
}
