import { describeError, usageSentence } from "@llava/app-common"
import { CommanderError } from "commander"
import { say } from "./output/say.ts"
import { scienceQACommand } from "./science-qa-command.ts"

/** The program, from its arguments to its exit code: 0, or 1 after one message on standard error; the trainer's own codes. */
export async function runScienceQA(argv: readonly string[]): Promise<number> {
  process.stderr.on("error", () => undefined)
  let exitCode = 0
  try {
    const command = scienceQACommand((code) => {
      exitCode = code
    })
    await command.parseAsync(argv, { from: "user" })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help was printed: because it was asked for, or in place of a command that is not there.
      if (error.exitCode === 0 || error.code === "commander.help") return error.exitCode
      say(`${usageSentence(error.message)} (npm run scienceqa -- --help lists the commands.)`)
      return 1
    }
    say(describeError(error, argv.includes("--verbose")))
    return 1
  }
}
