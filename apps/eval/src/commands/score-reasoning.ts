import { formatTable, matchAnswers, parseAnswers, scoreReasoning } from "@llava/eval"
import { Command } from "commander"
import { readProblems } from "../files/read-problems.ts"
import { readText } from "../files/read-text.ts"
import { report } from "../output/report.ts"

interface Options {
  problems: string
  splits: string
  split: string
  predictions: string
  json?: boolean
}

/** `score reasoning`: how near ScienceQA's answers are to lecture and solution. */
export function scoreReasoningCommand(): Command {
  return new Command("reasoning")
    .description("ROUGE-L and BLEU of ScienceQA's answers against lecture and solution")
    .requiredOption("--problems <file>", "problems.json with lectures and solutions")
    .requiredOption("--splits <file>", "pid_splits.json")
    .option("--split <name>", "the split to score", "test")
    .requiredOption("--predictions <file>", "answers in any published layout")
    .option("--json", "print one JSON object")
    .action(async (options: Options) => {
      const { problems, known } = await readProblems(options)
      const predictions = parseAnswers(await readText(options.predictions), options.predictions)
      const { notes } = matchAnswers(problems, predictions, known)
      const score = scoreReasoning(problems, predictions)
      const rows = Object.entries(score).map(([name, value]) => [name, value === null ? "-" : String(value)])
      report({ json: score, table: formatTable(["", "reasoning"], rows), notes }, options.json === true)
    })
}
