import type { AnswerFile } from "../answers/answer-file.ts"
import { matchAnswers } from "../answers/match-answers.ts"
import { type AccuracyTable, accuracyTable } from "./accuracy-table.ts"
import { formatAccuracyTable } from "./format-accuracy-table.ts"
import type { AnswerParser } from "./parse-answer.ts"
import type { Problem } from "./problem.ts"
import { type ReadChoice, readChoice } from "./read-choice.ts"

export interface ScoreEnsembleOptions {
  /** The problems to score, in order: a split (see `selectProblems`). */
  problems: ReadonlyMap<string, Problem>
  /** Answers of the model that sees. */
  model: AnswerFile
  /** Answers of a text-only model. */
  textModel: AnswerFile
  /** Its final answers where it was asked again, shown both answers. */
  requery?: AnswerFile
  /** Default `current`. Only texts are read; what a file records for them is not looked at. */
  parser?: AnswerParser
  /** Whether an id belongs to a problem of another split. */
  known?: (id: string) => boolean
}

export interface CombinedScore extends AccuracyTable {
  correct: number
}

export interface EnsembleScore {
  /** The text model's answer, and where it has none the model's. */
  complement: CombinedScore
  /** The answer of asking again, and where there is none the model's. */
  judge?: CombinedScore
  /** Right where either is right. */
  upperBound: CombinedScore
  model: CombinedScore
  textModel: CombinedScore
  total: number
  bothRight: number
  bothWrong: number
  /** Texts of the text model that name no choice; those outside the choices and absent ones are counted apart. */
  textUnparsed: number
  textOutOfRange: number
  textMissing: number
  notes: string[]
  table: string
}

/**
 * Ensembles of ScienceQA answers with those of a text-only model, as in LLaVA's paper: complement, judge and their upper
 * bound. An answer that names no choice of its problem counts as absent. (The original scripts draw one at random.)
 *
 * @throws EvaluationError `answers-unrelated`
 */
export function scoreEnsemble(options: ScoreEnsembleOptions): EnsembleScore {
  const { problems, model, textModel, requery, parser = "current", known } = options
  const files = [model, textModel, ...(requery === undefined ? [] : [requery])]
  const notes = files.flatMap((file) => matchAnswers(problems, file, known).notes)
  const text = { unparsed: 0, outOfRange: 0, missing: 0 }
  const rights: Record<"complement" | "judge" | "upperBound" | "model" | "textModel", Set<string>> = {
    complement: new Set(),
    judge: new Set(),
    upperBound: new Set(),
    model: new Set(),
    textModel: new Set(),
  }
  let bothRight = 0
  for (const [id, problem] of problems) {
    const choiceOf = (file: AnswerFile | undefined): ReadChoice | { choice?: never; problem: "missing" } => {
      const answer = file?.answers.get(id)
      return answer === undefined ? { problem: "missing" } : readChoice(answer, problem, parser)
    }
    const own = choiceOf(model).choice
    const other = choiceOf(textModel)
    if (other.problem !== undefined) text[other.problem]++
    const answered = {
      complement: other.choice ?? own,
      judge: choiceOf(requery).choice ?? own,
      model: own,
      textModel: other.choice,
      upperBound: other.choice === problem.answer ? other.choice : own,
    }
    for (const name of Object.keys(rights) as (keyof typeof rights)[]) {
      if (answered[name] === problem.answer) rights[name].add(id)
    }
    if (own === problem.answer && other.choice === problem.answer) bothRight++
  }
  const combined = (right: ReadonlySet<string>): CombinedScore => {
    const scored = [...problems.keys()].map((id) => ({ id, correct: right.has(id) }))
    return { ...accuracyTable(scored, problems), correct: right.size }
  }
  const score = {
    complement: combined(rights.complement),
    ...(requery === undefined ? {} : { judge: combined(rights.judge) }),
    upperBound: combined(rights.upperBound),
    model: combined(rights.model),
    textModel: combined(rights.textModel),
  }
  const names = {
    model: "model",
    textModel: "text model",
    complement: "complement",
    judge: "judge",
    upperBound: "upper bound",
  }
  const rows = Object.entries(names).flatMap(([key, name]) => {
    const row = score[key as keyof typeof score]
    return row === undefined ? [] : [{ name, ...row }]
  })
  return {
    ...score,
    total: problems.size,
    bothRight,
    bothWrong: problems.size - rights.upperBound.size,
    textUnparsed: text.unparsed,
    textOutOfRange: text.outOfRange,
    textMissing: text.missing,
    notes,
    table: formatAccuracyTable(rows),
  }
}
