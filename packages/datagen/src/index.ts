export { type CheckDataOptions, checkData } from "./check/check-data.ts"
export type { DataProblem } from "./check/data-problem.ts"
export type { ContextCounts } from "./contexts/context-counts.ts"
export { type ImageContext, type Instance, imageContextSchema } from "./contexts/image-context.ts"
export { type ContextSource, type Contexts, readContexts } from "./contexts/read-contexts.ts"
export { DatagenError } from "./datagen-error.ts"
export type { FilterCounts } from "./filter/filter-counts.ts"
export { type FilterOptions, type FilterSettings, filterOptionsSchema } from "./filter/filter-options.ts"
export { type FilteredPairs, type FilterPairsOptions, filterPairs } from "./filter/filter-pairs.ts"
export { type FilterManifest, type RunFilterOptions, runFilter } from "./filter/run-filter.ts"
export type { Kind, KindExample } from "./kinds/kind.ts"
export { readKind } from "./kinds/read-kind.ts"
export { defaultKinds, readKinds } from "./kinds/read-kinds.ts"
export type { Manifest } from "./output/manifest.ts"
export type { KindCounts, RunCounts } from "./output/run-counts.ts"
export { checkReply, type ReplyCheck } from "./reply/check-reply.ts"
export type { QuestionAnswer, ReplyProblem } from "./reply/reply.ts"
export { type ReportOptions, writeReport } from "./report/write-report.ts"
export { type GenerateDataOptions, generateData } from "./run/generate-data.ts"
export type { RunProgress } from "./run/run-progress.ts"
export type { BatchRequest, BatchResult, BatchState, BatchTeacher } from "./teacher/batch-teacher.ts"
export { openBatchTeacher } from "./teacher/open-batch-teacher.ts"
export { type OpenTeacherOptions, openTeacher } from "./teacher/open-teacher.ts"
export type {
  AskOptions,
  Teacher,
  TeacherMessage,
  TeacherReply,
  TeacherSpending,
  TeacherUsage,
} from "./teacher/teacher.ts"
export { TeacherError, type TeacherErrorOptions } from "./teacher/teacher-error.ts"
export type { TeacherBudget, TeacherSettings } from "./teacher/teacher-settings.ts"
