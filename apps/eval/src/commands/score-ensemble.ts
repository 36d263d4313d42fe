import { type CombinedScore, parseAnswers, scoreEnsemble } from "@llava/eval"
import { Command } from "commander"
import { readProblems } from "../files/read-problems.ts"
import { readText } from "../files/read-text.ts"
import { report } from "../output/report.ts"

interface Options {
  problems: string
  splits: string
  split: string
  model: string
  textModel: string
  requery?: string
  json?: boolean
}

/** `score ensemble`: ScienceQA answers together with those of a text-only model. */
export function scoreEnsembleCommand(): Command {
  return new Command("ensemble")
    .description("ScienceQA answers of a model together with those of a text-only model")
    .requiredOption("--problems <file>", "problems.json")
    .requiredOption("--splits <file>", "pid_splits.json")
    .option("--split <name>", "the split to score", "test")
    .requiredOption("--model <file>", "answers of the model that sees")
    .requiredOption("--text-model <file>", "answers of the text-only model")
    .option("--requery <file>", "its answers when asked again with both before it: the judge")
    .option("--json", "print one JSON object")
    .action(run)
}

async function run(options: Options): Promise<void> {
  const { problems, known } = await readProblems(options)
  const read = async (file: string) => parseAnswers(await readText(file), file)
  const score = scoreEnsemble({
    problems,
    known,
    model: await read(options.model),
    textModel: await read(options.textModel),
    ...(options.requery === undefined ? {} : { requery: await read(options.requery) }),
  })
  const { table, notes, judge, total, bothRight, bothWrong, textUnparsed, textOutOfRange, textMissing } = score
  const json = {
    complement: figures(score.complement),
    ...(judge === undefined ? {} : { judge: figures(judge) }),
    upperBound: figures(score.upperBound),
    model: figures(score.model),
    textModel: figures(score.textModel),
    total,
    bothRight,
    bothWrong,
    textUnparsed,
    textOutOfRange,
    textMissing,
  }
  const summary = `Of ${total}: both right ${bothRight}, both wrong ${bothWrong}, text unparsed ${textUnparsed}.`
  report({ json, table: `${table}\n\n${summary}`, notes }, options.json === true)
}

function figures({ accuracy, correct }: CombinedScore) {
  return { accuracy, correct }
}
