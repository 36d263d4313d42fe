import { ChatError } from "../chat-error.ts"
import type { ChatOptions } from "./chat-options.ts"

/** Where the prompts come from. */
export type ChatMode = "prompt" | "standard-input" | "lines" | "conversation"

export interface Terminals {
  input: boolean
  output: boolean
}

/** A conversation needs a terminal on both sides; whatever is piped is read or written without one. */
export function chooseMode(options: Pick<ChatOptions, "prompt" | "lines" | "json">, terminals: Terminals): ChatMode {
  if (options.prompt !== undefined) {
    if (!options.lines) return "prompt"
    throw new ChatError("--lines reads the prompts from standard input, and --prompt gives another.", {
      code: "command-line",
      fix: "Leave one of them out.",
    })
  }
  if (options.lines) return "lines"
  if (!terminals.input || !terminals.output) return "standard-input"
  if (!options.json) return "conversation"
  throw new ChatError("--json prints single answers, not a conversation.", {
    code: "command-line",
    fix: "Add --prompt, or pipe the prompt in.",
  })
}
