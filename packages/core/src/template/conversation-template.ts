import type { ConversationFormat } from "./conversation-format.ts"
import { dropLeadingAnswer } from "./drop-leading-answer.ts"
import { renderCaption } from "./render-caption.ts"
import { renderTurns } from "./render-turns.ts"
import { renderV0Training } from "./render-v0-training.ts"
import type { Template, Turn } from "./template.ts"

/** The {@link Template} that a conversation format describes. A leading system turn replaces the format's own text. */
export function conversationTemplate(name: string, format: ConversationFormat): Template {
  const { style, separator } = format
  const examples = format.examples ?? []
  const usesAnswerSeparator = style === "TWO" || style === "LLAMA_2"
  return {
    name,
    stop: [usesAnswerSeparator ? (format.answerSeparator ?? separator) : separator],
    ...(format.tagsImages && { imageTags: { open: "<Image>", close: "</Image>", reply: "Received." } }),
    hasExamples: examples.length > 0,
    renderPrompt(turns) {
      const { system, rest } = takeSystem(format, turns)
      const open: Turn = { role: "assistant", text: "" }
      return renderTurns(format, system, [...examples, ...rest, open])
        .map((segment) => segment.text)
        .join("")
    },
    renderTraining(turns) {
      const { system, rest } = takeSystem(format, turns)
      if (style === "PLAIN") return renderCaption(format, rest)
      if (style === "SINGLE") return renderV0Training(format, system, rest)
      return renderTurns(format, system, dropLeadingAnswer(rest))
    },
    addsSpecialTokens: () => true,
  }
}

function takeSystem(format: ConversationFormat, turns: readonly Turn[]): { system: string; rest: readonly Turn[] } {
  const [first, ...rest] = turns
  if (first?.role !== "system") return { system: format.system, rest: turns }
  return { system: (format.systemOpening ?? "") + first.text, rest }
}
