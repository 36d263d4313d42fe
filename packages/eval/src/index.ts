export type { AnswerFile, FileAnswer } from "./answers/answer-file.ts"
export { type AnswerMatch, matchAnswers } from "./answers/match-answers.ts"
export { type ParseAnswersOptions, parseAnswers } from "./answers/parse-answers.ts"
export { type BleuScore, bleu } from "./captions/bleu.ts"
export type { CaptionPair } from "./captions/caption-pair.ts"
export { type CiderVariant, cider } from "./captions/cider.ts"
export { parseCaptionReferences } from "./captions/parse-caption-references.ts"
export { ptbTokenize } from "./captions/ptb-tokenize.ts"
export { rougeL, rougeLOf } from "./captions/rouge-l.ts"
export { type CaptionScore, type ScoreCaptionsOptions, scoreCaptions } from "./captions/score-captions.ts"
export { EvaluationError } from "./evaluation-error.ts"
export { type FileReview, parseReviews, type ReviewFile } from "./llava-bench/parse-reviews.ts"
export { parseReviewScores, type ScorePair, scoresOf } from "./llava-bench/review-score.ts"
export {
  type ReviewRow,
  type ReviewScore,
  type ScoreReviewsOptions,
  scoreReviews,
} from "./llava-bench/score-reviews.ts"
export { type MeteorOptions, type MeteorScore, meteor, type SynonymSets } from "./meteor/meteor.ts"
export type { MeteorStage } from "./meteor/meteor-alignment.ts"
export { type WordNetPart, wordNetSynonyms } from "./meteor/word-net-synonyms.ts"
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
