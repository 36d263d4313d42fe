import type { ImageContext } from "../contexts/image-context.ts"
import type { TeacherMessage } from "../teacher/teacher.ts"
import type { Kind } from "./kind.ts"

export interface ComposeOptions {
  /** Whether the teacher is given boxes, where the kind leaves it open. */
  withBoxes: boolean
  /** The question that the answer is for, where the kind has a list of them. */
  question?: string
}

/**
 * What the teacher is sent about an image, after LLaVA's recipe: the kind's system message, its examples as turns of user
 * and assistant, and the image's captions and boxes (`category: [x1, y1, x2, y2]`, three decimals) as the last turn.
 */
export function composeMessages(kind: Kind, context: ImageContext, options: ComposeOptions): TeacherMessage[] {
  const boxes = kind.boxes === "required" || (kind.boxes === "optional" && options.withBoxes)
  const examples = kind.examples.flatMap((example, index): TeacherMessage[] => {
    const question = kind.questions?.[index % kind.questions.length]
    const content = fill(kind.layout, example.captions, boxes ? example.boxes : [], question)
    return [
      { role: "user", content },
      { role: "assistant", content: example.reply },
    ]
  })
  const lines = (context.instances ?? []).map(({ category, bbox }) => `${category}: [${bbox.map(decimals).join(", ")}]`)
  const content = fill(kind.layout, context.captions, boxes ? lines : [], options.question)
  return [{ role: "system", content: kind.system }, ...examples, { role: "user", content }]
}

function fill(layout: string, captions: readonly string[], boxes: readonly string[], question = ""): string {
  const values: Readonly<Record<string, string>> = { captions: captions.join("\n"), boxes: boxes.join("\n"), question }
  return layout
    .replace(/\{(captions|boxes|question)\}/g, (_, name: string) => values[name]!)
    .replace(/\n{3,}/g, "\n\n")
    .trim()
}

/** 0.5 stays short: 0.5; 0.12345 becomes 0.123. */
function decimals(value: number): string {
  return String(Math.round(value * 1000) / 1000)
}
