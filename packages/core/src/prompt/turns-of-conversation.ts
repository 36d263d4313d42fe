import type { Turn } from "../template/template.ts"
import type { ConversationTurn } from "./conversation-turn.ts"
import { guardNames } from "./guard-names.ts"
import { IMAGE_PLACEHOLDER } from "./image-placeholder.ts"
import { PromptError } from "./prompt-error.ts"

const roles: ReadonlyMap<string, Turn["role"]> = new Map([
  ["system", "system"],
  ["human", "user"],
  ["gpt", "assistant"],
])

/** Turns of LLaVA's files as turns: `<image>` stays a placeholder, the names of other tokens are guarded. */
export function turnsOfConversation(conversation: readonly ConversationTurn[], tokenNames: readonly string[]): Turn[] {
  const names = tokenNames.filter((name) => name !== IMAGE_PLACEHOLDER)
  return conversation.map(({ from, value }) => {
    const role = roles.get(from)
    if (!role) {
      throw new PromptError(`${JSON.stringify(from)} is not a speaker.`, {
        code: "unknown-role",
        fix: `A turn is from ${[...roles.keys()].join(", ")}.`,
      })
    }
    return { role, text: guardNames(value, names) }
  })
}
