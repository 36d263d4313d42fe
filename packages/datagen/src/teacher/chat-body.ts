import { openAiBaseUrl } from "./openai-client.ts"
import type { TeacherMessage } from "./teacher.ts"
import type { TeacherSettings } from "./teacher-settings.ts"

export interface ChatBody {
  model: string
  messages: TeacherMessage[]
  temperature: number
  seed: number
  max_tokens?: number
  max_completion_tokens?: number
}

export const defaultTemperature = 0.7
export const defaultMaxTokens = 1024

/** The JSON body of a chat request. OpenAI's newer models know the token limit by another name than everybody else's. */
export function chatBody(settings: TeacherSettings, messages: readonly TeacherMessage[], seed: number): ChatBody {
  const { model, temperature = defaultTemperature, maxTokens = defaultMaxTokens, baseUrl = openAiBaseUrl } = settings
  const isOpenAi = URL.parse(baseUrl)?.hostname === "api.openai.com"
  return {
    model,
    messages: messages.map(({ role, content }) => ({ role, content })),
    temperature,
    seed,
    ...(isOpenAi ? { max_completion_tokens: maxTokens } : { max_tokens: maxTokens }),
  }
}
