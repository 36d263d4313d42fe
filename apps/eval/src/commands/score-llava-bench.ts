import { parseReviews, scoreReviews } from "@llava/eval"
import { Command } from "commander"
import { readText } from "../files/read-text.ts"
import { report } from "../output/report.ts"
import { reviewReport } from "../output/review-report.ts"

/** `score llava-bench`: ratios of a judge's mean scores. */
export function scoreLlavaBenchCommand(): Command {
  return new Command("llava-bench")
    .description("LLaVA-Bench's relative scores from a judge's reviews; several files are several runs")
    .requiredOption("--reviews <files...>", "review files, one per run")
    .option("--include-failed", "average failed reviews in as -1, as the original script does")
    .option("--json", "print one JSON object")
    .action(async (options: { reviews: string[]; includeFailed?: boolean; json?: boolean }) => {
      const files = await Promise.all(options.reviews.map(async (file) => parseReviews(await readText(file), file)))
      const score = scoreReviews(files, { includeFailed: options.includeFailed === true })
      report(reviewReport(score), options.json === true)
    })
}
