import {
  accuracyIntervals,
  chanceAccuracy,
  formatAccuracyTable,
  formatTable,
  type Interval,
  publishedRows,
  type ReasoningScore,
  scoreReasoning,
  scoreScienceQA,
} from "@llava/eval"
import { Command } from "commander"
import { comparedRows } from "../data/compared-rows.ts"
import { readAnswers } from "../data/read-answers.ts"
import { readSelection } from "../data/read-selection.ts"
import { addScoringOptions, type ScoringOptions } from "../data/scoring-options.ts"
import { addSelectionOptions, type SelectionOptions } from "../data/selection-options.ts"
import { printResult } from "../output/print-result.ts"

interface Options extends SelectionOptions, ScoringOptions {
  predictions: string
  json?: boolean
}

/** `score`: the table beside chance and the published rows. */
export function scoreCommand(): Command {
  const command = new Command("score")
    .description("the table of answers, beside chance and the published rows")
    .requiredOption("--predictions <file>", "answers in any published layout")
    .option("--json", "print one JSON object")
  return addScoringOptions(addSelectionOptions(command, "test")).action(score)
}

async function score(options: Options): Promise<void> {
  const selection = await readSelection(options, false)
  const { problems, known, notes } = selection
  const predictions = await readAnswers(options.predictions, selection)
  const { parser, seed, bootstrap } = options
  const scored = scoreScienceQA({ problems, predictions, parser, seed, known })
  const { problems: items, table: _, notes: found, ...figures } = scored
  const intervals = accuracyIntervals(items, problems, { samples: bootstrap, seed })
  const reasoning = scoreReasoning(problems, predictions)
  const chance = chanceAccuracy(problems).accuracy
  const name = scored.model ?? "these answers"
  const { correct, total, unparsed, outOfRange, missing } = scored
  const text = [
    formatAccuracyTable(comparedRows([{ name, ...scored }], problems)),
    `${correct} of ${total} right; ${unparsed} unparsed, ${outOfRange} out of range, ${missing} missing; read as ${scored.layout}.`,
    `95 % intervals: ${describeIntervals(intervals)}.`,
    ...describeReasoning(reasoning),
    "Published rows are of all 4,241 problems of the test split.",
  ]
  await printResult(
    {
      json: { ...figures, model: scored.model ?? null, intervals, reasoning, chance, published: publishedRows },
      text: text.join("\n\n"),
      notes: [...notes, ...found],
    },
    options.json === true,
  )
}

function describeIntervals(intervals: Record<string, Interval | null>): string {
  return Object.entries(intervals)
    .flatMap(([name, interval]) =>
      interval === null ? [] : `${name} ${interval.low.toFixed(2)} to ${interval.high.toFixed(2)}`,
    )
    .join(", ")
}

function describeReasoning({ rougeL, bleu1, bleu4, compared }: ReasoningScore): string[] {
  if (compared === 0) return []
  const four = (value: number | null) => value?.toFixed(4) ?? "-"
  const row = [four(rougeL), four(bleu1), four(bleu4), String(compared)]
  return [
    `Reasoning, against lecture and solution:\n\n${formatTable(["ROUGE-L", "BLEU-1", "BLEU-4", "answers"], [row])}`,
  ]
}
