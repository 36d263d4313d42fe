import { ProgressReport } from "@llava/app-common"
import type { Teacher } from "@llava/datagen"
import { parseAnswers, parseContexts, parseJudgeRules, parseQuestions, planReviews } from "@llava/eval"
import { fileIdentity } from "../files/file-identity.ts"
import { readText } from "../files/read-text.ts"
import { say } from "../output/say.ts"
import type { JudgeOptions } from "./judge-options.ts"
import { reviewFileName } from "./review-file-name.ts"
import { writeReviews } from "./write-reviews.ts"

/** Which answers a judge compares, and how often. */
export interface ReviewOptions extends JudgeOptions {
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
  const progress = ProgressReport.onStandardError()
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
