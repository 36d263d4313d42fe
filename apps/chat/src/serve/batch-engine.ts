import { BatchEngine, type Llava } from "@llava/model"
import type { ServeOptions } from "./serve-options.ts"

/** Answers requests together, as many at the same time as the command line allows. */
export function batchEngine(model: Llava, { maxConcurrent }: Pick<ServeOptions, "maxConcurrent">): BatchEngine {
  return new BatchEngine(model, maxConcurrent === undefined ? {} : { maxConcurrent })
}
