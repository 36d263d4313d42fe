import { checkAdapter, describeError } from "@llava/app-common"
import { ownDoor } from "./command-line/own-door.ts"
import { parseCommandLine } from "./command-line/parse-command-line.ts"
import type { TrainerDoor } from "./command-line/trainer-door.ts"
import { dryRun } from "./commands/dry-run.ts"
import { estimateMemory } from "./commands/estimate-memory.ts"
import { trainModel } from "./commands/train-model.ts"
import { asksForNano } from "./nano/nano-command-line.ts"
import { runNano } from "./nano/run-nano.ts"
import { tell } from "./view/tell.ts"

/** The program, from its arguments to its exit code: 0; 1 after one message on standard error; 130 after Ctrl-C. */
export async function runTrainer(argv: readonly string[], door: TrainerDoor = ownDoor): Promise<number> {
  process.stderr.on("error", () => undefined)
  try {
    if (door === ownDoor && asksForNano(argv)) return await runNano(argv)
    const { options, text } = parseCommandLine(argv, door)
    if (!options) {
      process.stdout.write(text)
      return 0
    }
    checkAdapter(options.adapter, process.env["LLAVA_ADAPTER_KIND"], door.command.replace(/ --.*/, ""))
    if (options.dryRun) return await dryRun(options)
    if (options.estimateMemory) return await estimateMemory(options)
    return await trainModel(options)
  } catch (error) {
    tell(describeError(error, argv.includes("--verbose")))
    return 1
  }
}
