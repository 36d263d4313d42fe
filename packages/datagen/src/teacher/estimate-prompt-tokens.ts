import type { TeacherMessage } from "./teacher.ts"

/** English is 4 to 5 bytes a token, other scripts about 3; the roles and separators of a message take some more. */
const bytesPerToken = 3
const tokensPerMessage = 8

/** Tokens of a prompt before anybody counted them: rather too many, so that limits and budgets hold. */
export function estimatePromptTokens(messages: readonly TeacherMessage[]): number {
  return messages.reduce((sum, { content }) => sum + estimateTextTokens(content) + tokensPerMessage, 0)
}

/** Tokens of a text, rather too many. */
export function estimateTextTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / bytesPerToken)
}
