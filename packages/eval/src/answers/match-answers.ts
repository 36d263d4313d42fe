import { EvaluationError } from "../evaluation-error.ts"
import { listSome } from "../tables/list-some.ts"
import type { AnswerFile } from "./answer-file.ts"

/** What does not fit between the questions and an answer file. None of it enters a figure. */
export interface AnswerMatch {
  /** Ids of questions without an answer. */
  missing: string[]
  /** Answers to problems that exist but are not among the questions. */
  otherSplit: string[]
  /** Answers to nothing that is known. */
  unknown: string[]
  /** The same as sentences with file and line, for people. */
  notes: string[]
}

/**
 * Compares the ids of questions and answers.
 *
 * @param ids of the questions to be scored
 * @param known whether an id belongs to a question of another split
 * @throws EvaluationError `answers-unrelated` where no answer belongs to any of the questions.
 */
export function matchAnswers(
  ids: ReadonlySet<string> | ReadonlyMap<string, unknown>,
  { answers, file }: AnswerFile,
  known: (id: string) => boolean = () => false,
): AnswerMatch {
  const missing = [...ids.keys()].filter((id) => !answers.has(id))
  const foreign = [...answers.keys()].filter((id) => !ids.has(id))
  const otherSplit = foreign.filter((id) => known(id))
  const unknown = foreign.filter((id) => !known(id))
  if (missing.length === ids.size) {
    const whose = otherSplit.length > 0 ? "all are of another split" : "their ids are unknown"
    throw new EvaluationError(`None of the ${answers.size} answers belongs to these questions: ${whose}.`, {
      code: "answers-unrelated",
      file,
      line: answers.values().next().value?.line(),
      fix: "Check that the answers and the questions (and --split) belong together.",
    })
  }
  const place = (id: string) => `${id} (line ${answers.get(id)?.line() ?? "?"})`
  const notes: string[] = []
  const note = (names: string[], what: string) => {
    if (names.length > 0) notes.push(`${file}: ${names.length} ${what}: ${listSome(names)}.`)
  }
  note(missing.slice(), "questions have no answer")
  note(withPlaces(otherSplit, place), "answers are of another split and left out")
  note(withPlaces(unknown, place), "answers are to unknown questions and left out")
  return { missing, otherSplit, unknown, notes }
}

/** Lines are looked up for those only that will be shown. */
function withPlaces(ids: string[], place: (id: string) => string): string[] {
  return ids.map((id, index) => (index < 10 ? place(id) : id))
}
