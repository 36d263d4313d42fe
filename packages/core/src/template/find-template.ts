import type { ConversationFormat } from "./conversation-format.ts"
import { conversationFormats } from "./conversation-formats.ts"
import { conversationTemplate } from "./conversation-template.ts"
import type { Template } from "./template.ts"
import { TemplateError } from "./template-error.ts"

/**
 * The published conversation template of that name (`vicuna_v1`, `plain`, …).
 *
 * @throws TemplateError `unknown-template`, which lists the names.
 */
export function findTemplate(name: string): Template {
  const formats: Record<string, ConversationFormat> = conversationFormats
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined
  if (format) return conversationTemplate(name, format)
  throw new TemplateError(`There is no conversation template named ${JSON.stringify(name)}.`, {
    code: "unknown-template",
    fix: `The names are ${Object.keys(formats).join(", ")}.`,
  })
}
