import { numberArgument } from "@llava/app-common"
import { comparePaired, EvaluationError, formatTable, type PairedComparison } from "@llava/eval"
import { Command, Option } from "commander"
import { compareTasks, type ItemScoresOptions, readItemScores } from "../compare/read-item-scores.ts"
import { report } from "../output/report.ts"

interface Options extends ItemScoresOptions {
  samples: number
  seed: number
  json?: boolean
}

/** `compare A B`: two answer files on the same items. */
export function compareCommand(): Command {
  return new Command("compare")
    .description("two answer files on the same questions: paired bootstrap, and McNemar's test for right and wrong")
    .argument("<a>", "an answer, review or grade file")
    .argument("<b>", "another one")
    .addOption(new Option("--task <name>", "what the files answer").choices(compareTasks).default("scienceqa"))
    .option("--problems <file>", "problems.json, for scienceqa")
    .option("--splits <file>", "pid_splits.json, for scienceqa")
    .option("--split <name>", "the split, for scienceqa", "test")
    .option("--questions <file>", "llava_pope_test.jsonl for pope; questions with their truths for mme and zero-shot")
    .option(
      "--annotations <split=file...>",
      "annotations of splits, for pope; the true answers, for vqa, textvqa and gqa",
    )
    .option("--samples <count>", "bootstrap samples", numberArgument({ whole: true, minimum: 1 }), 2000)
    .option("--seed <number>", "of the bootstrap", numberArgument({ whole: true }), 0)
    .option("--json", "print one JSON object")
    .action(run)
}

async function run(first: string, second: string, options: Options): Promise<void> {
  const read = (file: string) => readItemScores(file, options)
  const [one, two] = [await read(first), await read(second)]
  const ids = [...one.keys()].filter((id) => two.has(id))
  if (ids.length === 0) {
    throw new EvaluationError(`It has no question in common with ${first}.`, {
      code: "answers-unrelated",
      file: second,
      fix: "Compare answers to the same questions.",
    })
  }
  const left = one.size + two.size - 2 * ids.length
  const comparison = comparePaired(
    ids.map((id) => one.get(id)!),
    ids.map((id) => two.get(id)!),
    { samples: options.samples, seed: options.seed },
  )
  const notes = left === 0 ? [] : [`${left} questions are in one of the files only and left out.`]
  report({ json: comparison, table: table(comparison, first, second), notes }, options.json === true)
}

function table({ first, second, difference, interval, items, counts, pValue }: PairedComparison, a: string, b: string) {
  const four = (value: number) => value.toFixed(4)
  const rows = [
    [a, four(first)],
    [b, four(second)],
    ["difference", four(difference)],
    ["95 % interval of the difference", `${four(interval.low)} to ${four(interval.high)}`],
    ...(counts === undefined
      ? []
      : [
          ["only the first is right", String(counts.onlyFirst)],
          ["only the second is right", String(counts.onlySecond)],
        ]),
    ...(pValue === undefined ? [] : [["p (McNemar, exact)", pValue.toPrecision(3)]]),
  ]
  return `${formatTable(["", "mean"], rows)}\n\n${items} questions.`
}
