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
export { type ClassificationScore, scoreClassification } from "./classification/score-classification.ts"
export { type ClipScore, type ClipScoreItem, clipScore, clipScorePrompt } from "./clip-score/clip-score.ts"
export { EvaluationError } from "./evaluation-error.ts"
export { type JudgePromptOptions, type JudgeRule, judgePrompt, judgeSettings } from "./llava-bench/judge-prompt.ts"
export { type ImageDescription, parseContexts } from "./llava-bench/parse-contexts.ts"
export { parseJudgeRules } from "./llava-bench/parse-judge-rules.ts"
export { type FileReview, parseReviews, type ReviewFile } from "./llava-bench/parse-reviews.ts"
export { type PlannedReview, type PlanReviewsOptions, planReviews } from "./llava-bench/plan-reviews.ts"
export { type PositionBias, positionBias } from "./llava-bench/position-bias.ts"
export { referenceMessages } from "./llava-bench/reference-messages.ts"
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
export { type AnswerQuestionsOptions, answerQuestions, type RunAnswer } from "./run/answer-questions.ts"
export type { AnsweringModel } from "./run/answering-model.ts"
export { type ChooseShotsOptions, chooseShots, type Shot } from "./run/choose-shots.ts"
export { type ComposeMessagesOptions, composeMessages, type ShotStyle } from "./run/compose-messages.ts"
export { describeRun } from "./run/describe-run.ts"
export type { EvaluationQuestion } from "./run/evaluation-question.ts"
export { type ParseQuestionsOptions, parseQuestions, type QuestionFile } from "./run/parse-questions.ts"
export { type Decoding, type RunRecord, runRecordSchema } from "./run/run-record.ts"
export { type TaskDefaults, type TaskName, tasks } from "./run/tasks.ts"
export { accuracyIntervals } from "./scienceqa/accuracy-intervals.ts"
export { type AccuracyTable, accuracyTable } from "./scienceqa/accuracy-table.ts"
export { type AnswerMethod, answerMethods } from "./scienceqa/answer-method.ts"
export { type AnswerProblemsOptions, answerProblems } from "./scienceqa/answer-problems.ts"
export { type BuildExampleOptions, buildExample, type ScienceQAExample } from "./scienceqa/build-example.ts"
export { type CategoryName, categoriesOf, categoryNames } from "./scienceqa/categories.ts"
export { chanceAccuracy } from "./scienceqa/chance-accuracy.ts"
export { type ComposeProblemOptions, composeProblem, directInstruction } from "./scienceqa/compose-problem.ts"
export { type Confusion, confusionByTopic } from "./scienceqa/confusion-by-topic.ts"
export { constrainAnswer, likeliestChoice } from "./scienceqa/constrain-answer.ts"
export { type ChatMessage, fewShotMessages } from "./scienceqa/few-shot.ts"
export { formatAccuracyTable, type NamedAccuracy } from "./scienceqa/format-accuracy-table.ts"
export { judgeMessages } from "./scienceqa/judge-messages.ts"
export { type AnswerParser, optionLetters, parseAnswer } from "./scienceqa/parse-answer.ts"
export { parseProblems } from "./scienceqa/parse-problems.ts"
export { parseSplits, type Splits } from "./scienceqa/parse-splits.ts"
export { type Problem, problemSchema } from "./scienceqa/problem.ts"
export type { ProblemAnsweringModel } from "./scienceqa/problem-answering-model.ts"
export {
  type InputFormat,
  inputFormats,
  type OutputFormat,
  outputFormats,
  type PromptFormat,
  promptFormats,
} from "./scienceqa/prompt-format.ts"
export { type PublishedRow, publishedRows } from "./scienceqa/published-rows.ts"
export {
  type CombinedScore,
  type EnsembleScore,
  type ScoreEnsembleOptions,
  scoreEnsemble,
} from "./scienceqa/score-ensemble.ts"
export { type ReasoningScore, scoreReasoning } from "./scienceqa/score-reasoning.ts"
export {
  type ScienceQAScore,
  type ScoredProblem,
  type ScoreScienceQAOptions,
  scoreScienceQA,
} from "./scienceqa/score-science-qa.ts"
export { selectProblems } from "./scienceqa/select-problems.ts"
export { type ToTrainingSampleOptions, toTrainingSample } from "./scienceqa/to-training-sample.ts"
export { joinSteps, secondStepPrompt } from "./scienceqa/two-step.ts"
export { type BootstrapOptions, bootstrapInterval, type Interval } from "./statistics/bootstrap-interval.ts"
export { comparePaired, type PairedComparison } from "./statistics/compare-paired.ts"
export { mcnemar } from "./statistics/mcnemar.ts"
export { formatTable } from "./tables/format-table.ts"
export { mmeTotals } from "./vqa/mme-totals.ts"
export { normalizeTextVqaAnswer, normalizeVqaAnswer } from "./vqa/normalize-answer.ts"
export { parseYesNoResults } from "./vqa/parse-yes-no-results.ts"
export { parseVqaTruths, scoreVqa, type VqaMetric, type VqaScore } from "./vqa/score-vqa.ts"
export { scoreYesNoPairs, type YesNoItem, type YesNoScore } from "./vqa/score-yes-no-pairs.ts"
export { gqaMatch, textVqaAccuracy, vqaAccuracy } from "./vqa/vqa-accuracy.ts"
export { yesNoItems } from "./vqa/yes-no-items.ts"
