import { describeError, usageSentence } from "@llava/app-common"
import { CommanderError } from "commander"
import { evalCommand } from "./eval-command.ts"
import { say } from "./output/say.ts"

/** The program, from its arguments to its exit code: 0, or 1 after one message on standard error. */
export async function runEval(argv: readonly string[]): Promise<number> {
  // Labels are a task like others, but a CLIP gives them, which takes other options.
  const args = argv[0] === "run" && argv[1] === "zero-shot" ? argv.slice(1) : argv
  try {
    await evalCommand().parseAsync(args, { from: "user" })
    return 0
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help was printed: because it was asked for, or in place of a command that is not there.
      if (error.exitCode === 0 || error.code === "commander.help") return error.exitCode
      say(`${usageSentence(error.message)} (npm run eval -- --help lists the commands.)`)
      return 1
    }
    say(describeError(error, argv.includes("--verbose")))
    return 1
  }
}
