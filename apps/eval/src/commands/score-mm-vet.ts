import { parseCapabilities, parseGrades, scoreMmVet } from "@llava/eval"
import { Command } from "commander"
import { readText } from "../files/read-text.ts"
import { report } from "../output/report.ts"

/** `score mm-vet`: means of a judge's grades. */
export function scoreMmVetCommand(): Command {
  return new Command("mm-vet")
    .description("MM-Vet's score from a judge's grades")
    .requiredOption("--judged <file>", "the grade file: scores of 0 to 1 per id, one per run")
    .option("--questions <file>", "mm-vet.json, for the score of each capability")
    .option("--json", "print one JSON object")
    .action(async (options: { judged: string; questions?: string; json?: boolean }) => {
      const { questions } = options
      const capabilities = questions === undefined ? undefined : parseCapabilities(await readText(questions), questions)
      const { table, notes, ...json } = scoreMmVet(
        parseGrades(await readText(options.judged), options.judged),
        capabilities,
      )
      report({ json, table, notes }, options.json === true)
    })
}
