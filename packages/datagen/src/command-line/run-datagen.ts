import { inspect } from "node:util"
import { LlavaError } from "@llava/core"
import { CommanderError } from "commander"
import { datagenProgram } from "./datagen-program.ts"
import type { Terminal } from "./terminal.ts"

/** Runs one command; the exit code is in the terminal: 0, 1 where something is wrong, 130 after Ctrl-C. */
export async function runDatagen(argv: readonly string[], terminal: Terminal): Promise<void> {
  const program = datagenProgram(terminal)
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
      terminal.note("Interrupted; the same command goes on from here.")
      terminal.exitCode = 130
    } else {
      terminal.note(LlavaError.isInstance(error) ? `${(error as Error).message}` : inspect(error))
      terminal.exitCode = 1
    }
  }
}
