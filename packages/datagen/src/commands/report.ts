import { Command } from "commander"
import { numberArgument } from "../command-line/number-argument.ts"
import type { Terminal } from "../command-line/terminal.ts"
import { type ReportOptions, writeReport } from "../report/write-report.ts"

/** `report PATH`: writes one HTML page about a run or a data file and prints where it is. */
export function reportCommand(terminal: Terminal): Command {
  const whole = numberArgument({ whole: true, minimum: 0 })
  return new Command("report")
    .description(
      "Write a self-contained HTML page: counts, lengths, verb-noun pairs, samples with their images and boxes.",
    )
    .argument("<path>", "a folder that `generate` wrote, or a LLaVA data file")
    .option("--output <file>", "default: report.html in the folder, or beside the file")
    .option("--images <folder>", "where the images are; default: as `generate` was told")
    .option("--contexts <path>", "descriptions whose boxes are drawn; default: those of the run")
    .option("--instances <file>", "COCO's boxes, beside COCO's captions")
    .option("--samples <n>", "samples to show", whole, 24)
    .option("--seed <n>", "for the draw of samples", whole, 0)
    .action(async (path: string, options: Omit<ReportOptions, "path">) => {
      terminal.print(await writeReport({ ...options, path }))
    })
}
