import { ModelError } from "../model-error.ts"
import { type ResolvedSampling, type SamplingOptions, samplingOptionsSchema } from "./sampling-options.ts"

/** Options with defaults filled in. Errors: ModelError "sampling-options", naming the function that was called. */
export function parseSampling(caller: string, options: SamplingOptions): ResolvedSampling {
  const parsed = samplingOptionsSchema.safeParse(options)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  throw new ModelError(`${caller}: ${issue.path.join(".")}: ${issue.message}.`, { code: "sampling-options" })
}
