import { dirname, resolve } from "node:path"
import { AppError } from "@llava/app-common"
import { Command } from "commander"
import { parseAblation } from "../ablation/parse-ablation.ts"
import { readText } from "../files/read-text.ts"
import { report } from "../output/report.ts"

/** `ablate FILE`: a table of models that differ in one thing each. */
export function ablateCommand(): Command {
  return new Command("ablate")
    .description("trains and measures the models of a table, one row each; goes on where it was stopped")
    .argument("<file>", "what the models have in common, and what each row changes (docs/evaluation.md)")
    .requiredOption("--output <folder>", "models, answers, reviews and the table")
    .option("--restart", "discard what the folder holds")
    .option("--json", "print one JSON object")
    .action(async (file: string, options: { output: string; restart?: boolean; json?: boolean }) => {
      const plan = parseAblation(parseJson(await readText(file), file), file)
      const { runAblation } = await import("../ablation/run-ablation.ts")
      const { rows, table } = await runAblation({
        plan,
        output: options.output,
        resolve: (path) => resolve(dirname(file), path),
        restart: options.restart === true,
      })
      report({ json: { name: plan.name, rows }, table }, options.json === true)
    })
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""))
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause)
    throw new AppError(`${file} is not JSON: ${what}.`, {
      code: "ablation-invalid",
      fix: "docs/evaluation.md shows such a file.",
      cause,
    })
  }
}
