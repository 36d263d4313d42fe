import { IMAGE_PLACEHOLDER, type Message } from "@llava/core"
import { ModelError } from "../model-error.ts"
import type { LlavaOptions } from "./llava-settings.ts"
import type { PreparedPrompt } from "./prepared-prompt.ts"

/**
 * The ids by which a choice continues a prompt: text after the last image is tokenised with and without the choice,
 * so that merges across the border come out as the model would write them.
 */
export function continuationIds(
  { template, tokenizer }: LlavaOptions,
  messages: readonly Message[],
  prompt: Pick<PreparedPrompt, "text">,
  choice: string,
): number[] {
  if (choice === "") {
    throw new ModelError("A choice is empty, and has no probability.", {
      code: "empty-choice",
      fix: "Give each choice some text.",
    })
  }
  const tail = prompt.text.split(IMAGE_PLACEHOLDER).at(-1) ?? ""
  const joiner = answerPrefix(template, messages)
  const encode = (text: string) => tokenizer.encode(text, { addSpecialTokens: false })
  const before = encode(tail)
  const whole = encode(tail + joiner + choice)
  const shared = before.every((id, index) => whole[index] === id)
  return shared ? whole.slice(before.length) : encode(joiner + choice)
}

/** What the template writes between the cue for the assistant and the answer: one space, or nothing. */
function answerPrefix(template: LlavaOptions["template"], messages: readonly Message[]): string {
  const probe = "answer"
  const question = { role: "user" as const, text: textOf(messages.at(-1)) }
  const open = template.renderPrompt([question])
  const closed = template
    .renderTraining([question, { role: "assistant", text: probe }])
    .map((segment) => segment.text)
    .join("")
  const at = closed.lastIndexOf(probe)
  const cue = open.slice(-1)
  return closed[at - 1] === " " && cue !== " " ? " " : ""
}

function textOf(message: Message | undefined): string {
  if (!message) return ""
  if (typeof message.content === "string") return message.content
  return message.content.map((part) => (part.type === "text" ? part.text : "<image>\n")).join("")
}
