import { join } from "node:path"
import {
  parseAnswers,
  parseCaptionReferences,
  parsePopeQuestions,
  parseReviews,
  parseVqaTruths,
  scoreCaptions,
  scorePope,
  scoreReviews,
  scoreScienceQA,
  scoreVqa,
} from "@llava/eval"
import { readPopeSplit } from "../files/read-pope-split.ts"
import { readProblems } from "../files/read-problems.ts"
import { readText } from "../files/read-text.ts"
import { judgeIdentity } from "../judge/judge-identity.ts"
import { judgeTeacher } from "../judge/judge-options.ts"
import { openJudge } from "../judge/open-judge.ts"
import { reviewAnswers } from "../judge/review-answers.ts"
import type { MeasuredTask } from "./ablation-schema.ts"
import { pathOrName } from "./path-or-name.ts"

/** Figures of a row, by the name of their column. */
export type Figures = Record<string, number | null>

/** The figures of a task from the answers to it; LLaVA-Bench's are reviewed first. `limit` questions count. */
export async function measureTask(
  task: MeasuredTask,
  answers: string,
  { resolve, folder }: { resolve: (path: string) => string; folder: string },
): Promise<Figures> {
  const predictions = parseAnswers(await readText(answers), answers)
  const isAsked = (id: string) => task.limit === undefined || predictions.answers.has(id)
  switch (task.task) {
    case "scienceqa": {
      const files = { problems: resolve(task.problems), splits: resolve(task.splits), split: task.split }
      const { problems, known } = await readProblems(files)
      const asked = new Map([...problems].filter(([id]) => isAsked(id)))
      return scoreScienceQA({ problems: asked, known, predictions }).accuracy
    }
    case "pope": {
      const file = resolve(task.questions)
      const questions = parsePopeQuestions(await readText(file), file)
      const named = Object.entries(task.annotations).map(([split, path]) => `${split}=${resolve(path)}`)
      const splits = await Promise.all(named.map(readPopeSplit))
      const scored = scorePope({ questions, splits, predictions }).splits
      return Object.fromEntries(Object.entries(scored).map(([split, { f1 }]) => [`F1 ${split}`, f1]))
    }
    case "captions": {
      const file = resolve(task.references)
      const references = parseCaptionReferences(await readText(file), file)
      const { BLEU, CIDEr } = scoreCaptions({ references, predictions })
      return { "BLEU-4": BLEU[3] ?? null, CIDEr }
    }
    case "llava-bench":
      return reviewFigures(task, answers, { resolve, folder })
    default: {
      const file = resolve(task.annotations)
      const truths = parseVqaTruths(await readText(file), file)
      const asked = new Map([...truths].filter(([id]) => isAsked(id)))
      return { accuracy: scoreVqa(asked, predictions, task.task).accuracy }
    }
  }
}

async function reviewFigures(
  task: Extract<MeasuredTask, { task: "llava-bench" }>,
  answers: string,
  { resolve, folder }: { resolve: (path: string) => string; folder: string },
): Promise<Figures> {
  const { temperature = 0.2, maxTokens = 1024, baseUrl, judgeTemplate, limit } = task
  const judgeOptions = {
    ...{ temperature, maxTokens },
    ...(baseUrl !== undefined && { baseUrl }),
    ...(judgeTemplate !== undefined && { template: judgeTemplate }),
  }
  const judgeName = task.judge.startsWith("local:")
    ? `local:${pathOrName(task.judge.slice("local:".length), resolve)}`
    : task.judge
  const settings = judgeTeacher(judgeName, judgeOptions)
  await using judge = await openJudge(settings)
  const files = await reviewAnswers(
    {
      ...{ ...judgeOptions, candidate: answers, output: join(folder, "reviews.jsonl") },
      ...{ questions: resolve(task.questions), contexts: resolve(task.contexts), rules: resolve(task.rules) },
      ...{ reference: resolve(task.reference), bothOrders: task.bothOrders, runs: task.runs, attempts: 1, seed: 0 },
      ...(limit !== undefined && { limit }),
    },
    judge,
    await judgeIdentity(judge, settings),
  )
  const runs = await Promise.all(files.map(async (file) => parseReviews(await readText(file), file)))
  const { rows, failed } = scoreReviews(runs)
  return { ...Object.fromEntries(Object.entries(rows).map(([name, { relative }]) => [name, relative])), failed }
}
