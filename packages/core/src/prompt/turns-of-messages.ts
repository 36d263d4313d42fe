import type { Turn } from "../template/template.ts"
import { guardNames } from "./guard-names.ts"
import { IMAGE_PLACEHOLDER } from "./image-placeholder.ts"
import type { Message } from "./message.ts"
import { PromptError } from "./prompt-error.ts"

const roles: readonly string[] = ["system", "user", "assistant"]

/** Messages as turns: parts in order, a newline between them, names of tokens in the text guarded. */
export function turnsOfMessages(messages: readonly Message[], tokenNames: readonly string[]): Turn[] {
  const names = [IMAGE_PLACEHOLDER, ...tokenNames]
  return messages.map(({ role, content }) => {
    if (!roles.includes(role)) {
      throw new PromptError(`${JSON.stringify(role)} is not the role of a message.`, {
        code: "unknown-role",
        fix: `The roles are ${roles.join(", ")}.`,
      })
    }
    if (typeof content === "string") return { role, text: guardNames(content, names) }
    const parts = content.map((part) => (part.type === "image" ? IMAGE_PLACEHOLDER : guardNames(part.text, names)))
    return { role, text: parts.join("\n") }
  })
}
