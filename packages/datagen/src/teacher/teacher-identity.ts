import { defaultMaxTokens, defaultTemperature } from "./chat-body.ts"
import type { Teacher } from "./teacher.ts"
import type { TeacherSettings } from "./teacher-settings.ts"

/** What a teacher's replies depend on. */
export function teacherIdentity(settings: TeacherSettings): Teacher["identity"] {
  const { teacher, model, temperature = defaultTemperature, maxTokens = defaultMaxTokens } = settings
  return { teacher, model, temperature, maxTokens }
}
