import { type Command, CommanderError } from "commander"
import { AppError } from "./app-error.ts"
import { usageSentence } from "./usage-sentence.ts"

/**
 * Has a command read the arguments after the program's name. Gives the text to print instead of running, where help was
 * asked for. Errors: AppError "command-line".
 */
export function readArguments(command: Command, argv: readonly string[]): string | undefined {
  const printed: string[] = []
  command.exitOverride().configureOutput({ writeOut: (text) => printed.push(text), writeErr: () => undefined })
  try {
    command.parse(argv, { from: "user" })
    return undefined
  } catch (cause) {
    if (!(cause instanceof CommanderError)) throw cause
    if (cause.exitCode === 0) return printed.join("")
    const fix = `\`${command.name()} --help\` lists the options.`
    throw new AppError(usageSentence(cause.message), { code: "command-line", fix, cause })
  }
}
