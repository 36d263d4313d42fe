import { AppError } from "@llava/app-common"
import {
  formatTable,
  mmeTotals,
  parseAnswers,
  parseQuestions,
  parseYesNoResults,
  scoreYesNoPairs,
  type YesNoItem,
  yesNoItems,
} from "@llava/eval"
import { Command } from "commander"
import { readText } from "../files/read-text.ts"
import { report } from "../output/report.ts"

interface Options {
  results?: string[]
  questions?: string
  predictions?: string
  json?: boolean
}

/** `score mme`: yes-or-no questions in pairs. */
export function scoreMmeCommand(): Command {
  return new Command("mme")
    .description("MME's figures of yes-or-no questions in pairs, per task")
    .option(
      "--results <files...>",
      "MME's result files, one per task, or VLMEvalKit's table: truths and replies in one",
    )
    .option("--questions <file>", "or else: questions with image, category and label")
    .option("--predictions <file>", "and answers to them")
    .option("--json", "print one JSON object")
    .action(async (options: Options) => {
      const { items, notes } = await readItems(options)
      const tasks = scoreYesNoPairs(items)
      const totals = mmeTotals(tasks)
      const unparsed = Object.values(tasks).reduce((sum, task) => sum + task.unparsed, 0)
      const two = (value: number | null) => value?.toFixed(2) ?? "-"
      const rows = Object.entries(tasks).map(([name, { accuracy, accuracyPlus, score, questions }]) => [
        ...[name, two(accuracy), two(accuracyPlus), two(score)],
        String(questions),
      ])
      const table = formatTable(["", "accuracy", "accuracy+", "score", "questions"], rows)
      const summary = `Perception ${two(totals.perception)}, cognition ${two(totals.cognition)}; ${unparsed} replies say neither yes nor no.`
      report({ json: { tasks, ...totals, unparsed }, table: `${table}\n\n${summary}`, notes }, options.json === true)
    })
}

async function readItems({
  results,
  questions,
  predictions,
}: Options): Promise<{ items: YesNoItem[]; notes: string[] }> {
  if (results !== undefined) {
    const items = await Promise.all(results.map(async (file) => parseYesNoResults(await readText(file), file)))
    return { items: items.flat(), notes: [] }
  }
  if (questions === undefined || predictions === undefined) {
    throw new AppError("There is nothing to score.", {
      code: "command-line",
      fix: "Give --results, or --questions and --predictions.",
    })
  }
  return yesNoItems(
    parseQuestions(await readText(questions), questions, { numberRepeated: true }),
    parseAnswers(await readText(predictions), predictions, { numberRepeated: true }),
  )
}
