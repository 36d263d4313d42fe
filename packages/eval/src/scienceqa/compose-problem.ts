import { type ContentPart, IMAGE_PLACEHOLDER, type Message } from "@llava/core"
import { buildExample } from "./build-example.ts"
import type { Problem } from "./problem.ts"
import type { PromptFormat } from "./prompt-format.ts"

/** With this sentence LLaVA-1.5 is asked for a letter alone. */
export const directInstruction = "Answer with the option's letter from the given choices directly."

export interface ComposeProblemOptions {
  format: PromptFormat
  /** Default first, where LLaVA puts it when it answers. */
  imagePlace?: "first" | "last"
  /** Ask for the letter alone (`directInstruction`). Default: in the layout `v1.5`, as there. */
  direct?: boolean
  useCaption?: boolean
  /** Solved problems that are shown as earlier turns, without their images. */
  shots?: readonly Problem[]
  /** The picture's file; without one the problem is asked in text alone. */
  image?: string | undefined
}

/** The conversation that asks a problem, and its text as answer files record it, `<image>` where the picture is. */
export function composeProblem(
  problem: Problem,
  options: ComposeProblemOptions,
): { messages: Message[]; prompt: string } {
  const { format, imagePlace = "first", direct = format === "v1.5", useCaption = false, shots = [], image } = options
  const ask = (asked: Problem) => {
    const { input } = buildExample(asked, format, { useCaption })
    return direct ? `${input}\n${directInstruction}` : input
  }
  const text = ask(problem)
  const words: ContentPart = { type: "text", text }
  const place = <Item>(picture: Item, rest: Item) => (imagePlace === "first" ? [picture, rest] : [rest, picture])
  const content = image === undefined ? [words] : place<ContentPart>({ type: "image", image }, words)
  const messages = [
    ...shots.flatMap((shot): Message[] => [
      { role: "user", content: ask(shot) },
      { role: "assistant", content: buildExample(shot, format).output },
    ]),
    { role: "user" as const, content },
  ]
  return { messages, prompt: image === undefined ? text : place(IMAGE_PLACEHOLDER, text).join("\n") }
}
