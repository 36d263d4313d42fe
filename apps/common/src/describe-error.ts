import { inspect } from "node:util"
import { LlavaError } from "@llava/core"

/** What the user reads about an error: its message; with `verbose`, where it comes from as well. */
export function describeError(error: unknown, verbose: boolean): string {
  if (verbose) return inspect(error)
  const message = error instanceof Error ? error.message : String(error)
  return LlavaError.isInstance(error) ? message : `Unexpected error: ${message} (--verbose shows where.)`
}
