import { commands } from "./commands.mjs"
import { enterCommand } from "./enter-command.mjs"
import { readOptions } from "./read-options.mjs"
import { Refusal } from "./refusal.mjs"
import { say } from "./say.mjs"

/**
 * Runs one command of the front door (`start`, `test` and the others of `commands.mjs`) with its arguments.
 * Ends the process with the command's exit code; with 1 and one sentence where something is missing.
 *
 * @param {readonly string[]} argv
 */
export async function main(argv) {
  try {
    const [name = "", ...rest] = argv
    const command = commands[name]
    if (command === undefined) {
      throw new Refusal(`unknown command "${name}"; there are ${Object.keys(commands).join(", ")}.`)
    }
    await enterCommand(command, readOptions(rest, process.env))
  } catch (error) {
    say(error instanceof Refusal ? error.message : describeSurprise(error))
    process.exitCode = 1
  }
}

/** @param {unknown} error */
function describeSurprise(error) {
  if (!(error instanceof Error)) return String(error)
  const verbose = process.argv.includes("--verbose") || process.env["LLAVA_VERBOSE"] !== undefined
  return verbose ? (error.stack ?? error.message) : `${error.message} (LLAVA_VERBOSE=1 shows where).`
}
