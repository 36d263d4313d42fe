import { Command } from "commander"
import { judgeCommand } from "../commands/judge.ts"
import { makeCommand } from "../commands/make.ts"
import { sheetCommand } from "../commands/sheet.ts"
import { worldsCommand } from "../commands/worlds.ts"
import type { Surroundings } from "./surroundings.ts"

/** The command line of `@llava/scenes`; each command has a file of its own in `commands`. Its mistakes are thrown as CommanderError. */
export function scenesProgram(surroundings: Surroundings): Command {
  const { stdout, stderr } = surroundings
  const program = new Command("scenes")
    .description("Make drawn scenes with captions, boxes, questions and answers.")
    .showHelpAfterError("(--help shows the options)")
  for (const command of [makeCommand, judgeCommand, sheetCommand, worldsCommand]) {
    program.addCommand(command(surroundings))
  }
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
    })
  }
  return program
}
