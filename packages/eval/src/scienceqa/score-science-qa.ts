import type { AnswerFile } from "../answers/answer-file.ts"
import { matchAnswers } from "../answers/match-answers.ts"
import { seededRandom } from "../statistics/seeded-random.ts"
import { listSome } from "../tables/list-some.ts"
import { shortName } from "../tables/short-name.ts"
import { type AccuracyTable, accuracyTable } from "./accuracy-table.ts"
import { formatAccuracyTable } from "./format-accuracy-table.ts"
import type { AnswerParser } from "./parse-answer.ts"
import type { Problem } from "./problem.ts"
import { readChoice } from "./read-choice.ts"

export interface ScoreScienceQAOptions {
  /** The problems to score, in order: a split (see `selectProblems`). */
  problems: ReadonlyMap<string, Problem>
  predictions: AnswerFile
  /** Default `current`. */
  parser?: AnswerParser
  /** Of the choices that `legacy` draws for answers it cannot read; default 0. */
  seed?: number
  /** Whether an id belongs to a problem of another split; such answers are counted apart from unknown ones. */
  known?: (id: string) => boolean
}

/** How one problem was answered. */
export interface ScoredProblem {
  id: string
  /** Undefined where the answer names no choice. */
  choice: number | undefined
  correct: boolean
  outcome: "parsed" | "recorded" | "drawn" | "unparsed" | "outOfRange" | "missing"
}

export interface ScienceQAScore extends AccuracyTable {
  correct: number
  total: number
  /** Answers whose text names no choice. */
  unparsed: number
  /** Answers that name a letter beyond the problem's choices. */
  outOfRange: number
  /** Problems without an answer; they count as wrong (under `legacy` they are left out, as they were). */
  missing: number
  /** Answers of other splits and to unknown problems; left out. */
  otherSplit: number
  unknown: number
  /** Unread texts for which the file itself records a choice, which then counts. */
  recorded: number
  /** Texts whose choice differs from the one that the file records; the text counts. */
  contradicted: number
  layout: string
  model: string | undefined
  parser: AnswerParser
  problems: ScoredProblem[]
  notes: string[]
  /** The figures for people. */
  table: string
}

/**
 * ScienceQA's table from an answer file.
 *
 * The text decides. Where the rule cannot read it, the choice that the file records for it (its `results`) is taken, as
 * the published figures do: files of before 2023-10-11 hold there what was drawn at random. Under `legacy` it is drawn
 * anew, from `seed`.
 *
 * @throws EvaluationError `answers-unrelated`
 */
export function scoreScienceQA(options: ScoreScienceQAOptions): ScienceQAScore {
  const { problems, predictions, parser = "current", known } = options
  const random = seededRandom(options.seed ?? 0)
  const { missing, otherSplit, unknown, notes } = matchAnswers(problems, predictions, known)
  const scored: ScoredProblem[] = []
  const unreadable = { unparsed: [] as string[], outOfRange: [] as string[] }
  let contradicted = 0
  for (const [id, problem] of problems) {
    const answer = predictions.answers.get(id)
    if (answer === undefined) {
      if (parser === "current") scored.push({ id, choice: undefined, correct: false, outcome: "missing" })
      continue
    }
    const read = readChoice(answer, problem, parser)
    const recorded = isChoice(answer.choice, problem) ? answer.choice : undefined
    let choice = read.choice
    let outcome: ScoredProblem["outcome"] = "parsed"
    if (read.problem !== undefined) {
      unreadable[read.problem].push(id)
      outcome = parser === "legacy" ? "drawn" : recorded === undefined ? read.problem : "recorded"
      choice = parser === "legacy" ? Math.floor(random() * problem.choices.length) : recorded
    } else if (answer.choice !== undefined && answer.choice !== choice) contradicted++
    scored.push({ id, choice, correct: choice === problem.answer, outcome })
  }
  note("texts name no choice", unreadable.unparsed)
  note("answers are outside the choices", unreadable.outOfRange)
  if (contradicted > 0)
    notes.push(`${predictions.file}: ${contradicted} texts differ from the file's own results; the texts count.`)
  const accuracy = accuracyTable(scored, problems)
  const score = {
    ...accuracy,
    correct: scored.filter(({ correct }) => correct).length,
    total: scored.length,
    unparsed: unreadable.unparsed.length,
    outOfRange: unreadable.outOfRange.length,
    missing: missing.length,
    otherSplit: otherSplit.length,
    unknown: unknown.length,
    recorded: scored.filter(({ outcome }) => outcome === "recorded").length,
    contradicted,
    layout: predictions.layout,
    model: predictions.model,
    parser,
    problems: scored,
    notes,
  }
  return {
    ...score,
    table: formatAccuracyTable([{ name: predictions.model ?? shortName(predictions.file), ...accuracy }]),
  }

  function note(what: string, ids: string[]): void {
    if (ids.length === 0) return
    const places = ids.map((id, index) =>
      index < 10 ? `${id} (line ${predictions.answers.get(id)?.line() ?? "?"})` : id,
    )
    notes.push(`${predictions.file}: ${ids.length} ${what}: ${listSome(places)}.`)
  }
}

function isChoice(choice: number | undefined, { choices }: Problem): choice is number {
  return choice !== undefined && choice >= 0 && choice < choices.length
}
