export type { AnswerFile, FileAnswer } from "./answers/answer-file.ts"
export { type AnswerMatch, matchAnswers } from "./answers/match-answers.ts"
export { type ParseAnswersOptions, parseAnswers } from "./answers/parse-answers.ts"
export { EvaluationError } from "./evaluation-error.ts"
export { type FileReview, parseReviews, type ReviewFile } from "./llava-bench/parse-reviews.ts"
export { parseReviewScores, type ScorePair, scoresOf } from "./llava-bench/review-score.ts"
export {
  type ReviewRow,
  type ReviewScore,
  type ScoreReviewsOptions,
  scoreReviews,
} from "./llava-bench/score-reviews.ts"
export { parseCapabilities } from "./mm-vet/parse-capabilities.ts"
export { type Grade, type GradeFile, parseGrades } from "./mm-vet/parse-grades.ts"
export { type MmVetScore, scoreMmVet } from "./mm-vet/score-mm-vet.ts"
export { type BinaryFigures, binaryFigures } from "./pope/binary-figures.ts"
export { type PopeAnnotation, type PopeQuestion, parsePopeAnnotations, parsePopeQuestions } from "./pope/parse-pope.ts"
export { parseReply, type Reply } from "./pope/parse-reply.ts"
export { type PopeFigures, type PopeScore, type ScorePopeOptions, scorePope } from "./pope/score-pope.ts"
export { type AccuracyTable, accuracyTable } from "./scienceqa/accuracy-table.ts"
export { type CategoryName, categoriesOf, categoryNames } from "./scienceqa/categories.ts"
export { formatAccuracyTable, type NamedAccuracy } from "./scienceqa/format-accuracy-table.ts"
export { type AnswerParser, optionLetters, parseAnswer } from "./scienceqa/parse-answer.ts"
export { parseProblems } from "./scienceqa/parse-problems.ts"
export { parseSplits, type Splits } from "./scienceqa/parse-splits.ts"
export { type Problem, problemSchema } from "./scienceqa/problem.ts"
export {
  type CombinedScore,
  type EnsembleScore,
  type ScoreEnsembleOptions,
  scoreEnsemble,
} from "./scienceqa/score-ensemble.ts"
export {
  type ScienceQAScore,
  type ScoredProblem,
  type ScoreScienceQAOptions,
  scoreScienceQA,
} from "./scienceqa/score-science-qa.ts"
export { selectProblems } from "./scienceqa/select-problems.ts"
