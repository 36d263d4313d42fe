import { JsonLinesJournal } from "@llava/app-common"
import { type Teacher, TeacherError, type TeacherReply } from "@llava/datagen"
import { type PlannedReview, parseReviewScores, type ScorePair } from "@llava/eval"
import { checkSameRun } from "../run/check-same-run.ts"
import { inParallel } from "../run/in-parallel.ts"

export interface WriteReviewsOptions {
  reviews: readonly PlannedReview[]
  judge: Teacher
  output: string
  /** Recorded beside each review: judge, files, order. */
  run: object
  swapped: boolean
  /** Of the judge's sampling. */
  seed: number
  /** How often a reply without two scores is asked for anew; 1 as in the original. */
  attempts: number
  restart: boolean
  onReview?: (done: number, total: number) => void
}

/**
 * Has a judge write the reviews that the file lacks, each added as soon as it is there. A review without two scores keeps
 * its text and gets -1 for both, as in LLaVA's files; scoring counts it as failed.
 */
export async function writeReviews(options: WriteReviewsOptions): Promise<{ reviews: number; parsed: number }> {
  const { reviews, judge, output, swapped } = options
  using journal = new JsonLinesJournal(output, { restart: options.restart })
  const reviewed = checkSameRun(journal.records, options.run, output)
  const left = reviews.filter(({ questionId }) => !reviewed.has(String(questionId)))
  let done = reviews.length - left.length
  let parsed = journal.records.filter((record) => !(record as { tuple: number[] }).tuple.includes(-1)).length
  await inParallel(left, judge.concurrency, async (review) => {
    const id = reviews.indexOf(review) + 1
    const { reply, scores, attempts, error } = await ask(review, options, id)
    const pair = swapped ? scores?.toReversed() : scores
    journal.add({
      id,
      question_id: review.questionId,
      answer1_id: review.answerIds[0],
      answer2_id: review.answerIds[1],
      category: review.category,
      content: reply?.text ?? "",
      tuple: pair ?? [-1, -1],
      metadata: {
        date: new Date().toISOString(),
        swapped,
        ...(attempts > 1 && { attempts }),
        ...(reply && { finishReason: reply.finishReason, usage: reply.usage }),
        ...(error !== undefined && { error }),
        run: options.run,
      },
    })
    if (pair !== undefined) parsed++
    options.onReview?.(++done, reviews.length)
  })
  return { reviews: done, parsed }
}

interface Asked {
  reply: TeacherReply | undefined
  scores: ScorePair | undefined
  attempts: number
  error?: string
}

async function ask(review: PlannedReview, { judge, seed, attempts }: WriteReviewsOptions, id: number): Promise<Asked> {
  let reply: TeacherReply | undefined
  for (let attempt = 1; ; attempt++) {
    try {
      reply = await judge.ask(review.messages, { seed: seed + 100_003 * (attempt - 1) + id })
    } catch (error) {
      // Another question may well be answered; this one has failed.
      if (!(error instanceof TeacherError) || error.scope === "run") throw error
      return { reply, scores: undefined, attempts: attempt, error: error.message }
    }
    const scores = parseReviewScores(reply.text)
    if (scores !== undefined || attempt >= attempts) return { reply, scores, attempts: attempt }
  }
}
