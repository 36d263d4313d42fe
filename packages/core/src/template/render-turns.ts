import type { ConversationFormat } from "./conversation-format.ts"
import type { Segment, Turn } from "./template.ts"

/**
 * Turns as text, exactly as `Conversation.get_prompt` of llava/conversation.py writes them. An empty turn is an open
 * one: its role is named and nothing follows. Answers, and what ends them, are marked as learned.
 */
export function renderTurns(format: ConversationFormat, system: string, turns: readonly Turn[]): Segment[] {
  const { style, roles, separator } = format
  const answerSeparator = format.answerSeparator ?? separator
  switch (style) {
    case "SINGLE":
    case "TWO":
      return [
        quiet(system + separator),
        ...turns.flatMap((turn) => {
          const role = `${nameOf(roles, turn)}:`
          if (turn.text === "") return quiet(role)
          if (turn.role === "user") return quiet(`${role} ${turn.text}${separator}`)
          return [quiet(role), learned(` ${turn.text}${answerSeparator}`)]
        }),
      ]
    case "MPT":
      return [
        quiet(system + separator),
        ...turns.flatMap((turn) => {
          const role = nameOf(roles, turn)
          if (turn.text === "") return quiet(role)
          if (turn.role === "user") return quiet(role + turn.text + separator)
          return [quiet(role), learned(turn.text + answerSeparator)]
        }),
      ]
    case "LLAMA_2":
      return turns.flatMap((turn, index) => {
        const opening = index === 0 && system !== "" ? `<<SYS>>\n${system}\n<</SYS>>\n\n` : ""
        if (opening + turn.text === "") return []
        // BOS is the tokenizer's to add, so the first turn goes without its separator.
        const start = index === 0 ? "" : separator
        if (turn.role === "user") return quiet(`${start}[INST] ${opening}${turn.text} [/INST]`)
        return learned(` ${turn.text} ${answerSeparator}`)
      })
    case "PLAIN":
      return [
        quiet(system),
        ...turns.flatMap((turn) => {
          if (turn.text === "") return []
          return turn.role === "user" ? quiet(turn.text + separator) : learned(turn.text + answerSeparator)
        }),
      ]
  }
}

function nameOf(roles: ConversationFormat["roles"], turn: Turn): string {
  return turn.role === "user" ? roles.user : roles.assistant
}

function quiet(text: string): Segment {
  return { text, learned: false }
}

function learned(text: string): Segment {
  return { text, learned: true }
}
