export { type CheckDataOptions, checkData } from "./check/check-data.ts"
export type { DataProblem } from "./check/data-problem.ts"
export type { ContextCounts } from "./contexts/context-counts.ts"
export { type ImageContext, type Instance, imageContextSchema } from "./contexts/image-context.ts"
export { type ContextSource, type Contexts, readContexts } from "./contexts/read-contexts.ts"
export { DatagenError } from "./datagen-error.ts"
export type { BatchRequest, BatchResult, BatchState, BatchTeacher } from "./teacher/batch-teacher.ts"
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
