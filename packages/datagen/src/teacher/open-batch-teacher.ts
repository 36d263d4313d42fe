import type { BatchTeacher } from "./batch-teacher.ts"
import { OpenAiBatchTeacher } from "./openai-batch-teacher.ts"
import { TeacherError } from "./teacher-error.ts"
import type { TeacherSettings } from "./teacher-settings.ts"

/**
 * A teacher that is asked by files. Nothing is asked before `submit`.
 *
 * @throws TeacherError `batch-unsupported` for a local teacher, `teacher-unauthorized`, `base-url-invalid`.
 */
export async function openBatchTeacher(settings: TeacherSettings): Promise<BatchTeacher> {
  if (settings.teacher === "local") {
    throw new TeacherError("A local teacher takes no batches.", {
      code: "batch-unsupported",
      scope: "run",
      fix: "Leave out the batch: it answers right away.",
    })
  }
  return new OpenAiBatchTeacher(settings)
}
