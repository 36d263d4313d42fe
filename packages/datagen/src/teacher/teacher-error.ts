import type { LlavaErrorOptions } from "@llava/core"
import { DatagenError } from "../datagen-error.ts"

export interface TeacherErrorOptions extends LlavaErrorOptions {
  /**
   * `request`: only this request cannot be answered (too long, refused by a content filter); the run goes on and records
   * it. `run`: any other request would fail too (wrong key, unknown model, budget spent, endpoint gone for good); the run
   * stops, and can be continued later.
   */
  scope: "request" | "run"
}

/**
 * A teacher that gave no answer, after the retries that made sense. Codes: `teacher-unauthorized`, `model-not-found`,
 * `not-an-endpoint` (HTML or other text), `teacher-unreachable`, `budget-spent`, `request-refused`.
 */
export class TeacherError extends DatagenError {
  readonly scope: "request" | "run"

  constructor(message: string, options: TeacherErrorOptions) {
    super(message, options)
    this.scope = options.scope
  }
}
