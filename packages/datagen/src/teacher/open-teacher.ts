import { openLocalTeacher } from "./open-local-teacher.ts"
import { OpenAiTeacher, type OpenAiTeacherOptions } from "./openai-teacher.ts"
import type { Teacher } from "./teacher.ts"
import type { TeacherSettings } from "./teacher-settings.ts"

export interface OpenTeacherOptions extends OpenAiTeacherOptions {
  /** Aborts the loading of a local model. */
  signal?: AbortSignal
  /** Where a local model that is named by its hub id is downloaded from and to. */
  hub?: { cacheDir?: string; endpoint?: string; token?: string; offline?: boolean }
}

/**
 * The teacher that the settings describe: behind an OpenAI-compatible endpoint, or a language model in this process
 * (needs the package `@llava/hub`, which only then is loaded).
 *
 * @throws TeacherError `teacher-unauthorized`, `base-url-invalid`, `price-unknown`, `hub-not-installed`; what opening a
 * local model throws.
 */
export async function openTeacher(settings: TeacherSettings, options: OpenTeacherOptions = {}): Promise<Teacher> {
  return settings.teacher === "local" ? openLocalTeacher(settings, options) : new OpenAiTeacher(settings, options)
}
