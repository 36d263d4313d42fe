import { markedExample } from "./build-example.ts"
import type { Problem } from "./problem.ts"
import type { PromptFormat } from "./prompt-format.ts"

/** A message to a chat model. */
export interface ChatMessage {
  role: "system" | "user" | "assistant"
  content: string
}

/**
 * The messages with which LLaVA's paper asks a text-only chat model: solved examples, then the problem. Line ends of
 * lectures and solutions are written as \\n, as there.
 */
export function fewShotMessages(
  examples: readonly Problem[],
  problem: Problem,
  format: Exclude<PromptFormat, "v1.5">,
): ChatMessage[] {
  const ask = (shown: Problem): ChatMessage => ({
    role: "user",
    content: `Can you explain ${markedExample(oneLine(shown), format).input}?`,
  })
  return [
    { role: "system", content: "You are a helpful assistant." },
    ...examples.flatMap((example): ChatMessage[] => [
      ask(example),
      { role: "assistant", content: markedExample(oneLine(example), format).output },
    ]),
    ask(problem),
    // The original leaves the assistant's turn begun.
    { role: "assistant", content: "Answer:" },
  ]
}

function oneLine(problem: Problem): Problem {
  const onOneLine = (text: string) => text.replaceAll("\n", "\\n")
  return { ...problem, lecture: onOneLine(problem.lecture), solution: onOneLine(problem.solution) }
}
