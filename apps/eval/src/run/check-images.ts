import { existsSync } from "node:fs"
import { join } from "node:path"
import { AppError } from "@llava/app-common"
import type { EvaluationQuestion } from "@llava/eval"

/** A picture that is missing is said before hours of answers. Errors: AppError "image-missing". */
export function checkImages(questions: readonly EvaluationQuestion[], folder: string): void {
  const names = new Set(questions.flatMap(({ image }) => image ?? []))
  const missing = [...names].filter((name) => !existsSync(join(folder, name)))
  if (missing.length === 0) return
  const shown = missing.slice(0, 3).join(", ")
  throw new AppError(
    `${missing.length} of ${names.size} images are not in ${folder}: ${shown}${missing.length > 3 ? " ..." : ""}.`,
    {
      code: "image-missing",
      fix: "--images names the folder that the questions' images lie in.",
    },
  )
}
