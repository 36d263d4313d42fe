import { formatTable, parseAnswers, parseVqaTruths, scoreVqa, type VqaMetric } from "@llava/eval"
import { Command, Option } from "commander"
import { readText } from "../files/read-text.ts"
import { report } from "../output/report.ts"

/** `score vqa`: short answers, by the rule of VQAv2, TextVQA or GQA. */
export function scoreVqaCommand(): Command {
  return new Command("vqa")
    .description("accuracy of short answers: VQAv2, TextVQA, GQA")
    .requiredOption("--annotations <file>", "the true answers by question")
    .requiredOption("--predictions <file>", "answers")
    .addOption(new Option("--metric <name>", "how they are compared").choices(["vqa", "textvqa", "gqa"]).default("vqa"))
    .option("--json", "print one JSON object")
    .action(async (options: { annotations: string; predictions: string; metric: VqaMetric; json?: boolean }) => {
      const truths = parseVqaTruths(await readText(options.annotations), options.annotations)
      const predictions = parseAnswers(await readText(options.predictions), options.predictions)
      const { scores: _, notes, ...json } = scoreVqa(truths, predictions, options.metric)
      const rows = Object.entries(json).map(([name, value]) => [name, String(value)])
      report({ json, table: formatTable(["", options.metric], rows), notes }, options.json === true)
    })
}
