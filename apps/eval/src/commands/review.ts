import { numberArgument, ProgressReport } from "@llava/app-common"
import type { Teacher } from "@llava/datagen"
import {
  parseAnswers,
  parseContexts,
  parseJudgeRules,
  parseQuestions,
  parseReviews,
  planReviews,
  scoreReviews,
} from "@llava/eval"
import { Command } from "commander"
import { fileIdentity } from "../files/file-identity.ts"
import { readText } from "../files/read-text.ts"
import { judgeIdentity } from "../judge/judge-identity.ts"
import { addJudgeOptions, type JudgeOptions, judgeTeacher } from "../judge/judge-options.ts"
import { openJudge } from "../judge/open-judge.ts"
import { reviewFileName } from "../judge/review-file-name.ts"
import { writeReviews } from "../judge/write-reviews.ts"
import { report } from "../output/report.ts"
import { reviewReport } from "../output/review-report.ts"
import { say } from "../output/say.ts"

export interface ReviewOptions extends JudgeOptions {
  judge: string
  questions: string
  contexts: string
  rules: string
  reference: string
  candidate: string
  output: string
  bothOrders?: boolean
  runs: number
  attempts: number
  seed: number
  limit?: number
  restart?: boolean
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
  return addJudgeOptions(command, "judge").action(async (options: ReviewOptions) => {
    const settings = judgeTeacher(options.judge, options)
    await using judge = await openJudge(settings)
    const files = await reviewAnswers(options, judge, await judgeIdentity(judge, settings))
    const runs = await Promise.all(files.map(async (file) => parseReviews(await readText(file), file)))
    report(reviewReport(scoreReviews(runs, { includeFailed: options.includeFailed === true })), options.json === true)
  })
}

/** Writes the review files of all runs and orders, and gives their names. */
export async function reviewAnswers(
  options: ReviewOptions,
  judge: Teacher,
  identity: Record<string, unknown>,
): Promise<string[]> {
  const texts = await readAll(options)
  const { limit } = options
  const questions = parseQuestions(texts.questions, options.questions).questions.slice(0, limit)
  const plan = (swapped: boolean) =>
    planReviews({
      questions: { file: options.questions, questions },
      contexts: parseContexts(texts.contexts, options.contexts),
      rules: parseJudgeRules(texts.rules, options.rules),
      reference: parseAnswers(texts.reference, options.reference),
      candidate: parseAnswers(texts.candidate, options.candidate),
      swapped,
    })
  const sources = Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, fileIdentity(options[name as Source], text)]),
  )
  // Answers beyond the limit are no news.
  if (limit === undefined) for (const note of plan(false).notes) say(note)
  const progress = new ProgressReport(process.stderr, { dumb: process.env["TERM"] === "dumb" })
  const files: string[] = []
  for (let run = 1; run <= options.runs; run++) {
    for (const swapped of options.bothOrders === true ? [false, true] : [false]) {
      const output = reviewFileName(options.output, { run, runs: options.runs, swapped })
      const { reviews, parsed } = await writeReviews({
        ...{ reviews: plan(swapped).reviews, judge, output, swapped, attempts: options.attempts },
        run: { judge: identity, ...sources, swapped, seed: options.seed + run - 1, attempts: options.attempts },
        seed: (options.seed + run - 1) * 1009,
        restart: options.restart === true,
        onReview: (done, total) => progress.update({ label: output, done, total, unit: "reviews" }),
      })
      progress.finish()
      say(`${reviews} reviews in ${output}; ${parsed} have two scores.`)
      files.push(output)
    }
  }
  return files
}

type Source = "questions" | "contexts" | "rules" | "reference" | "candidate"

async function readAll(options: ReviewOptions): Promise<Record<Source, string>> {
  const { questions, contexts, rules, reference, candidate } = options
  return {
    questions: await readText(questions),
    contexts: await readText(contexts),
    rules: await readText(rules),
    reference: await readText(reference),
    candidate: await readText(candidate),
  }
}
