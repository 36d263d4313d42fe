import { parseAnswers, parsePopeQuestions, scorePope } from "@llava/eval"
import { Command } from "commander"
import { readPopeSplit } from "../files/read-pope-split.ts"
import { readText } from "../files/read-text.ts"
import { report } from "../output/report.ts"

/** `score pope`: figures of yes-or-no questions about objects, per split. */
export function scorePopeCommand(): Command {
  return new Command("pope")
    .description("POPE's figures, per split")
    .requiredOption("--questions <file>", "llava_pope_test.jsonl")
    .requiredOption("--annotations <split=file...>", "the annotations of each split to score")
    .requiredOption("--predictions <file>", "answers")
    .option("--json", "print one JSON object")
    .action(async (options: { questions: string; annotations: string[]; predictions: string; json?: boolean }) => {
      const questions = parsePopeQuestions(await readText(options.questions), options.questions)
      const splits = await Promise.all(options.annotations.map(readPopeSplit))
      const predictions = parseAnswers(await readText(options.predictions), options.predictions)
      const { splits: json, table, notes } = scorePope({ questions, splits, predictions })
      report({ json, table, notes }, options.json === true)
    })
}
