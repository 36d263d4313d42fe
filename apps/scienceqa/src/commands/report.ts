import { mkdir, rename, stat, writeFile } from "node:fs/promises"
import { dirname } from "node:path"
import { accuracyIntervals, confusionByTopic, scoreEnsemble, scoreScienceQA } from "@llava/eval"
import { Command } from "commander"
import { comparedRows } from "../data/compared-rows.ts"
import { readAnswers } from "../data/read-answers.ts"
import { readSelection, type Selection } from "../data/read-selection.ts"
import { addScoringOptions, type ScoringOptions } from "../data/scoring-options.ts"
import { addSelectionOptions, type SelectionOptions } from "../data/selection-options.ts"
import { printResult } from "../output/print-result.ts"
import { accuracySection } from "../report/accuracy-section.ts"
import { confusionSection } from "../report/confusion-section.ts"
import { reportPage } from "../report/report-page.ts"
import { wrongAnswersSection } from "../report/wrong-answers-section.ts"

interface Options extends SelectionOptions, ScoringOptions {
  predictions: string
  textPredictions?: string
  requery?: string
  output: string
}

/** `report`: one page that holds everything. */
export function reportCommand(): Command {
  const command = new Command("report")
    .description("one self-contained page: the table, confusion by topic, every wrong answer")
    .requiredOption("--predictions <file>", "answers in any published layout")
    .option("--text-predictions <file>", "answers of a text-only model, for rows of the ensembles")
    .option("--requery <file>", "its answers when shown both: the judge")
    .requiredOption("--output <file>", "the page")
  return addScoringOptions(addSelectionOptions(command, "test")).action(report)
}

async function report(options: Options): Promise<void> {
  const selection = await readSelection(options, false)
  const { problems, images, known } = selection
  const predictions = await readAnswers(options.predictions, selection)
  const { parser, seed, bootstrap, output } = options
  const score = scoreScienceQA({ problems, predictions, parser, seed, known })
  const own = [
    { name: score.model ?? "these answers", ...score },
    ...(await ensembleRows(options, selection, predictions)),
  ]
  const intervals = accuracyIntervals(score.problems, problems, { samples: bootstrap, seed })
  const page = reportPage(`ScienceQA: ${score.model ?? "answers"}`, [
    accuracySection(score, comparedRows(own, problems), intervals),
    confusionSection(confusionByTopic(score.problems, problems)),
    await wrongAnswersSection({ scored: score.problems, problems, predictions, images }),
  ])
  await mkdir(dirname(output), { recursive: true })
  await writeFile(`${output}.part`, page)
  await rename(`${output}.part`, output)
  const megabytes = ((await stat(output)).size / 1e6).toFixed(1)
  const { correct, total } = score
  await printResult(
    {
      json: undefined,
      text: `${output}: ${correct} of ${total} right, ${total - correct} wrong answers shown, ${megabytes} MB.`,
      notes: [...selection.notes, ...score.notes],
    },
    false,
  )
}

async function ensembleRows(
  { textPredictions, requery }: Options,
  selection: Selection,
  model: Awaited<ReturnType<typeof readAnswers>>,
) {
  if (textPredictions === undefined) return []
  const { problems, known } = selection
  const score = scoreEnsemble({
    ...{ problems, known, model, textModel: await readAnswers(textPredictions, selection) },
    ...(requery !== undefined && { requery: await readAnswers(requery, selection) }),
  })
  return [
    { name: "text model", ...score.textModel },
    { name: "complement", ...score.complement },
    ...(score.judge ? [{ name: "judge", ...score.judge }] : []),
    { name: "upper bound", ...score.upperBound },
  ]
}
