import { checkAdapter } from "@llava/app-common"
import { runAblations } from "./ablations/run-ablations.ts"
import { askByHand } from "./ask/ask-by-hand.ts"
import { parseNanoCommandLine } from "./nano-command-line.ts"
import { trainNano } from "./train-nano.ts"
import { verifyNano } from "./verify-nano.ts"

/** The trainer behind `--recipe nano`. Exit code. */
export async function runNano(argv: readonly string[]): Promise<number> {
  const parsed = parseNanoCommandLine(argv)
  if ("text" in parsed) {
    process.stdout.write(parsed.text)
    return 0
  }
  checkAdapter(parsed.options.adapter, process.env["LLAVA_ADAPTER_KIND"], "npm run train")
  const { verify, ask, ablations } = parsed.options
  if (ablations) return runAblations(parsed.options)
  if (ask !== undefined) return askByHand(ask)
  return verify === undefined ? trainNano(parsed.options) : verifyNano(verify, parsed.options)
}
