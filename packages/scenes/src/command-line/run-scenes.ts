import { inspect } from "node:util"
import { LlavaError } from "@llava/core"
import { CommanderError } from "commander"
import { scenesProgram } from "./scenes-program.ts"
import type { Surroundings } from "./surroundings.ts"

/** Runs one command to its exit code: 0, 1 where something is wrong, 130 after Ctrl-C. */
export async function runScenes(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { stderr, signal } = surroundings
  try {
    await scenesProgram(surroundings).parseAsync(argv, { from: "user" })
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode
    if (signal.aborted) stderr.write("Interrupted; the same command begins again and makes the same.\n")
    else stderr.write(`${LlavaError.isInstance(error) ? (error as Error).message : inspect(error)}\n`)
    return signal.aborted ? 130 : 1
  }
}
