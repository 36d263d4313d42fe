import { numberArgument } from "@llava/app-common"
import { type AnswerParser, accuracyIntervals, formatTable, parseAnswers, scoreScienceQA } from "@llava/eval"
import { Command, Option } from "commander"
import { readProblems } from "../files/read-problems.ts"
import { readText } from "../files/read-text.ts"
import { report } from "../output/report.ts"

interface Options {
  problems: string
  splits: string
  split: string
  predictions: string
  parser: AnswerParser
  seed: number
  bootstrap?: number
  json?: boolean
}

/** `score scienceqa`: the table of categories. */
export function scoreScienceQACommand(): Command {
  return new Command("scienceqa")
    .description("ScienceQA's table of categories")
    .requiredOption("--problems <file>", "problems.json")
    .requiredOption("--splits <file>", "pid_splits.json")
    .option("--split <name>", "the split to score", "test")
    .requiredOption("--predictions <file>", "answers in any published layout")
    .addOption(
      new Option("--parser <rule>", "how texts are read; legacy is the rule of before 2023-10-11")
        .choices(["current", "legacy"])
        .default("current"),
    )
    .option("--seed <number>", "of what the legacy rule draws for unread texts", numberArgument({ whole: true }), 0)
    .option(
      "--bootstrap <samples>",
      "add 95 % intervals from so many samples",
      numberArgument({ whole: true, minimum: 1 }),
    )
    .option("--json", "print one JSON object")
    .action(run)
}

async function run(options: Options): Promise<void> {
  const { problems, known } = await readProblems(options)
  const predictions = parseAnswers(await readText(options.predictions), options.predictions)
  const score = scoreScienceQA({ problems, predictions, parser: options.parser, seed: options.seed, known })
  const { accuracy, correct, total, unparsed, outOfRange, missing, otherSplit, unknown, recorded } = score
  const { layout, model = null, parser, table, notes, counts } = score
  const json = { accuracy, correct, total, unparsed, outOfRange, missing, otherSplit, unknown, recorded, layout, model }
  const summary = `${correct} of ${total} right; ${unparsed} unparsed, ${outOfRange} out of range, ${missing} missing; read as ${layout}.`
  if (options.bootstrap === undefined) {
    report({ json: { ...json, parser, counts }, table: `${table}\n\n${summary}`, notes }, options.json === true)
    return
  }
  const intervals = accuracyIntervals(score.problems, problems, { samples: options.bootstrap, seed: options.seed })
  const lines = Object.entries(intervals).map(([name, interval]) => [
    name,
    interval === null ? "-" : `${interval.low.toFixed(2)} to ${interval.high.toFixed(2)}`,
  ])
  report(
    {
      json: { ...json, parser, counts, intervals },
      table: `${table}\n\n${summary}\n\n${formatTable(["", "95 % interval"], lines)}`,
      notes,
    },
    options.json === true,
  )
}
