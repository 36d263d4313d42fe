import { numberArgument } from "@llava/app-common"
import { parseReviews, scoreReviews } from "@llava/eval"
import { Command } from "commander"
import { readText } from "../files/read-text.ts"
import { judgeIdentity } from "../judge/judge-identity.ts"
import { addJudgeOptions, judgeTeacher } from "../judge/judge-options.ts"
import type { ReviewOptions } from "../judge/review-answers.ts"
import { report } from "../output/report.ts"
import { reviewReport } from "../output/review-report.ts"

interface Options extends ReviewOptions {
  judge: string
  includeFailed?: boolean
  json?: boolean
}

const count = numberArgument({ whole: true, minimum: 1 })

/** `review`: a judge's scores of two answers to each question of LLaVA-Bench. */
export function reviewCommand(): Command {
  const command = new Command("review")
    .description("a judge's reviews of reference and candidate answers (LLaVA-Bench); goes on where it was stopped")
    .requiredOption("--questions <file>", "qa90_questions.jsonl, or questions.jsonl of LLaVA-Bench in the wild")
    .requiredOption("--contexts <file>", "captions, with boxes or without, of the questions' images")
    .requiredOption("--rules <file>", "rule.json: what the judge is told for each category")
    .requiredOption("--reference <file>", "answers to compare with (`references` makes them)")
    .requiredOption("--candidate <file>", "answers of the model under test (`run llava-bench` makes them)")
    .requiredOption("--output <file>", "reviews; with --runs or --both-orders several files of this name")
    .option("--both-orders", "a second time with the answers exchanged, and what the first place is worth")
    .option("--runs <n>", "reviews of each question, averaged", count, 1)
    .option("--attempts <n>", "ask so often for a reply with two scores", count, 1)
    .option("--seed <n>", "of the judge's sampling", numberArgument({ whole: true }), 0)
    .option("--limit <n>", "judge the first n questions only", count)
    .option("--restart", "discard the reviews that the files hold")
    .option("--include-failed", "average failed reviews in as -1, as the original script does")
    .option("--json", "print one JSON object")
  return addJudgeOptions(command, "judge").action(async (options: Options) => {
    // Only those who judge wait for what judges.
    const { openJudge } = await import("../judge/open-judge.ts")
    const { reviewAnswers } = await import("../judge/review-answers.ts")
    const settings = judgeTeacher(options.judge, options)
    await using judge = await openJudge(settings)
    const files = await reviewAnswers(options, judge, await judgeIdentity(judge, settings))
    const runs = await Promise.all(files.map(async (file) => parseReviews(await readText(file), file)))
    report(reviewReport(scoreReviews(runs, { includeFailed: options.includeFailed === true })), options.json === true)
  })
}
