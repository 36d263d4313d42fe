import { conversationFormats, findTemplate, jinjaTemplate, type Template, type Tokenizer } from "@llava/core"
import { ModelError } from "../model-error.ts"

/**
 * The template asked for, else the one config.json states, else the tokenizer's chat template. Never guessed from a
 * name. Errors: "template-missing", listing the names.
 */
export function chooseTemplate(
  asked: string | Template | undefined,
  stated: string | undefined,
  tokenizer: Tokenizer,
  folder: string,
): Template {
  if (typeof asked === "object") return asked
  const name = asked ?? stated
  if (name !== undefined) return findTemplate(name)
  if (tokenizer.chatTemplate !== undefined) {
    const textOf = (id: number | undefined) => (id === undefined ? undefined : tokenizer.decode([id]))
    return jinjaTemplate(tokenizer.chatTemplate, {
      bosToken: textOf(tokenizer.bosTokenId),
      eosToken: textOf(tokenizer.eosTokenId),
    })
  }
  throw new ModelError(`${folder} does not state a conversation template.`, {
    code: "template-missing",
    fix: `Name one (on the command line: --template NAME): ${Object.keys(conversationFormats).join(", ")}.`,
  })
}
