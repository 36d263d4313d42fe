export type { AnswerFile, FileAnswer } from "./answers/answer-file.ts"
export { type AnswerMatch, matchAnswers } from "./answers/match-answers.ts"
export { type ParseAnswersOptions, parseAnswers } from "./answers/parse-answers.ts"
export { EvaluationError } from "./evaluation-error.ts"
export { type AccuracyTable, accuracyTable } from "./scienceqa/accuracy-table.ts"
export { type CategoryName, categoriesOf, categoryNames } from "./scienceqa/categories.ts"
export { formatAccuracyTable, type NamedAccuracy } from "./scienceqa/format-accuracy-table.ts"
export { type AnswerParser, optionLetters, parseAnswer } from "./scienceqa/parse-answer.ts"
export { parseProblems } from "./scienceqa/parse-problems.ts"
export { parseSplits, type Splits } from "./scienceqa/parse-splits.ts"
export { type Problem, problemSchema } from "./scienceqa/problem.ts"
export {
  type ScienceQAScore,
  type ScoredProblem,
  type ScoreScienceQAOptions,
  scoreScienceQA,
} from "./scienceqa/score-science-qa.ts"
export { selectProblems } from "./scienceqa/select-problems.ts"
