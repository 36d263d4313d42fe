import type { ContentPart, Message } from "@llava/core"
import type { Shot } from "./choose-shots.ts"
import type { EvaluationQuestion } from "./evaluation-question.ts"
import type { TaskDefaults } from "./tasks.ts"

export interface ComposeMessagesOptions {
  /** Appended to each question on a line of its own, unless it ends so already. */
  instruction?: string | undefined
  shots?: readonly Shot[]
  /**
   * `turns` (default): examples are earlier turns of the conversation. `text`: one turn of running text,
   * `<image> Q: … A: …`, as language models without tuning are shown examples (Tsimpoukelli et al. 2021, MAGMA, LiMBeR).
   */
  shotStyle?: ShotStyle
  labels?: TaskDefaults["labels"]
  /** Where a question's image goes: `first` (default) as in LLaVA's evaluation since v1, `last` as in v0's. */
  imagePlace?: "first" | "last"
  /** The address of an image of the question file; default the name itself. */
  imagePath?: (image: string) => string
}

export type ShotStyle = "turns" | "text"

/** The conversation that asks a question, and its text as answer files record it. */
export function composeMessages(
  question: EvaluationQuestion,
  options: ComposeMessagesOptions = {},
): { messages: Message[]; prompt: string } {
  const { shots = [], shotStyle = "turns", imagePlace = "first", instruction } = options
  const { imagePath = (image: string) => image } = options
  const prompt = withInstruction(question.text, instruction)
  const image = ({ image: name }: EvaluationQuestion): ContentPart[] =>
    name === undefined ? [] : [{ type: "image", image: imagePath(name) }]
  if (shotStyle === "text") {
    const { labels = { question: "Q:", answer: "A:" } } = options
    const ask = (asked: EvaluationQuestion) =>
      labels.question === undefined ? "" : `${labels.question} ${asked.text}\n`
    const content = [
      ...shots.flatMap((shot): ContentPart[] => [
        ...image(shot.question),
        { type: "text", text: `${ask(shot.question)}${labels.answer} ${shot.answer}\n` },
      ]),
      ...image(question),
      { type: "text" as const, text: `${ask(question)}${labels.answer}` },
    ]
    return { messages: [{ role: "user", content }], prompt }
  }
  const turn = (asked: EvaluationQuestion): Message => {
    const text: ContentPart = { type: "text", text: withInstruction(asked.text, instruction) }
    return { role: "user", content: imagePlace === "last" ? [text, ...image(asked)] : [...image(asked), text] }
  }
  const messages = [
    ...shots.flatMap((shot): Message[] => [turn(shot.question), { role: "assistant", content: shot.answer }]),
    turn(question),
  ]
  return { messages, prompt }
}

function withInstruction(text: string, instruction: string | undefined): string {
  return instruction === undefined || instruction === "" || text.trimEnd().endsWith(instruction)
    ? text
    : `${text}\n${instruction}`
}
