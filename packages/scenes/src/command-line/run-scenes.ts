import { inspect } from "node:util"
import { LlavaError } from "@llava/core"
import { CommanderError } from "commander"
import { scenesProgram } from "./scenes-program.ts"
import type { Terminal } from "./terminal.ts"

/** Runs one command; the exit code is in the terminal: 0, 1 where something is wrong, 130 after Ctrl-C. */
export async function runScenes(argv: readonly string[], terminal: Terminal): Promise<void> {
  const program = scenesProgram(terminal)
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.note(text.trimEnd()),
    })
  }
  try {
    await program.parseAsync(argv, { from: "user" })
  } catch (error) {
    if (error instanceof CommanderError) terminal.exitCode = error.exitCode
    else if (terminal.signal.aborted) {
      terminal.note("Interrupted; the same command begins again and makes the same.")
      terminal.exitCode = 130
    } else {
      terminal.note(LlavaError.isInstance(error) ? `${(error as Error).message}` : inspect(error))
      terminal.exitCode = 1
    }
  }
}
