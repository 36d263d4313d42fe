import { formatTable, parseAnswers, parseQuestions, scoreClassification } from "@llava/eval"
import { Command } from "commander"
import { readText } from "../files/read-text.ts"
import { report } from "../output/report.ts"

/** `score zero-shot`: labels against the images' own. */
export function scoreZeroShotCommand(): Command {
  return new Command("zero-shot")
    .description("accuracy of labels: over all images, and averaged over classes")
    .requiredOption("--questions <file>", "images with their label: { question_id, image, label } per line")
    .requiredOption("--predictions <file>", "the labels that were given")
    .option("--json", "print one JSON object")
    .action(async (options: { questions: string; predictions: string; json?: boolean }) => {
      const questions = parseQuestions(await readText(options.questions), options.questions, { text: "" })
      const predictions = parseAnswers(await readText(options.predictions), options.predictions)
      const { notes, ...json } = scoreClassification(questions, predictions)
      const two = (value: number | null) => value?.toFixed(2) ?? "-"
      const rows = [
        ["all images", two(json.accuracy), `${json.correct} of ${json.total}`],
        ["mean of classes", two(json.perClass), `${Object.keys(json.classes).length} classes`],
      ]
      report({ json, table: formatTable(["", "accuracy", ""], rows), notes }, options.json === true)
    })
}
