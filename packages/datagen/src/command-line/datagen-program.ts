import { Command } from "commander"
import { checkCommand } from "../commands/check.ts"
import { estimateCommand } from "../commands/estimate.ts"
import { filterCommand } from "../commands/filter.ts"
import { generateCommand } from "../commands/generate.ts"
import { reportCommand } from "../commands/report.ts"
import type { Terminal } from "./terminal.ts"

/** The command line of `@llava/datagen`; each command has a file of its own in `commands`. */
export function datagenProgram(terminal: Terminal): Command {
  const program = new Command("datagen")
    .description("Make LLaVA instruction data from captions and boxes with a teacher language model.")
    .showHelpAfterError("(--help shows the options)")
  for (const command of [generateCommand, filterCommand, estimateCommand, checkCommand, reportCommand])
    program.addCommand(command(terminal))
  return program
}
