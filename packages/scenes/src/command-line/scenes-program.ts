import { Command } from "commander"
import { judgeCommand } from "../commands/judge.ts"
import { makeCommand } from "../commands/make.ts"
import { sheetCommand } from "../commands/sheet.ts"
import { worldsCommand } from "../commands/worlds.ts"
import type { Terminal } from "./terminal.ts"

/** The command line of `@llava/scenes`; each command has a file of its own in `commands`. */
export function scenesProgram(terminal: Terminal): Command {
  const program = new Command("scenes")
    .description("Make drawn scenes with captions, boxes, questions and answers.")
    .showHelpAfterError("(--help shows the options)")
  for (const command of [makeCommand, judgeCommand, sheetCommand, worldsCommand]) program.addCommand(command(terminal))
  return program
}
