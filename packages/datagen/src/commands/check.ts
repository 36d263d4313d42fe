import { Command } from "commander"
import { checkData } from "../check/check-data.ts"
import type { Terminal } from "../command-line/terminal.ts"

/** `check FILE`: prints what is wrong with a LLaVA data file, one problem per line: `FILE:LINE: severity: message [rule]`. */
export function checkCommand(terminal: Terminal): Command {
  return new Command("check")
    .description("Check anybody's LLaVA data file and print what is wrong with it, with line numbers.")
    .argument("<file>", "a JSON array of samples, or one sample per line")
    .option("--images <folder>", "also check that every sample's image is in this folder")
    .option("--json", "print the problems as JSON, one per line")
    .action(async (file: string, options: { images?: string; json?: boolean }) => {
      const { images, json = false } = options
      const stream = checkData(file, { ...(images !== undefined && { images }), signal: terminal.signal })
      const counts = { error: 0, warning: 0 }
      let step = await stream.next()
      for (; !step.done; step = await stream.next()) {
        const { line, severity, rule, message } = step.value
        counts[severity]++
        terminal.print(json ? JSON.stringify(step.value) : `${file}:${line}: ${severity}: ${message} [${rule}]`)
      }
      terminal.note(`${step.value} samples, ${counts.error} errors, ${counts.warning} warnings.`)
      if (counts.error > 0) terminal.exitCode = 1
    })
}
