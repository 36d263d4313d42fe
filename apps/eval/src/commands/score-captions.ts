import { parseAnswers, parseCaptionReferences, scoreCaptions } from "@llava/eval"
import { Command } from "commander"
import { readText } from "../files/read-text.ts"
import { readWordNet } from "../files/read-word-net.ts"
import { report } from "../output/report.ts"

/** `score captions`: the metrics of COCO's scorer. */
export function scoreCaptionsCommand(): Command {
  return new Command("captions")
    .description("BLEU, METEOR, ROUGE-L and CIDEr of captions, as COCO's scorer computes them")
    .requiredOption("--references <file>", "COCO annotations, or { id: [captions] }")
    .requiredOption("--predictions <file>", "COCO results, or { id: caption }")
    .option("--wordnet <folder>", "WordNet's database files, for METEOR's synonym stage")
    .option("--json", "print one JSON object")
    .action(async (options: { references: string; predictions: string; wordnet?: string; json?: boolean }) => {
      const references = parseCaptionReferences(await readText(options.references), options.references)
      const predictions = parseAnswers(await readText(options.predictions), options.predictions, {
        idKeys: ["image_id", "question_id", "id", "doc_id", "index"],
        textKeys: ["caption", "text", "prediction", "pred", "output", "response"],
      })
      const synonyms = options.wordnet === undefined ? undefined : await readWordNet(options.wordnet)
      const score = scoreCaptions({ references, predictions, ...(synonyms === undefined ? {} : { synonyms }) })
      const { table, notes, ...json } = score
      report({ json, table, notes }, options.json === true)
    })
}
