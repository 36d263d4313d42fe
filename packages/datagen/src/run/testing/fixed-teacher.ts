import { hashNumber } from "../../random/hash-number.ts"
import type { AskOptions, Teacher, TeacherMessage, TeacherReply } from "../../teacher/teacher.ts"

export interface FixedTeacherOptions {
  concurrency?: number
  /** Called before each reply. */
  onAsk?: (key: string) => Promise<void> | void
}

/**
 * A teacher whose reply depends on the question alone: mostly good ones about the image's first caption, some bad ones of
 * every kind.
 */
export class FixedTeacher implements Teacher {
  readonly identity = { model: "fixed" }
  readonly concurrency: number
  readonly spending = { requests: 0, promptTokens: 0, completionTokens: 0 }
  readonly #onAsk: FixedTeacherOptions["onAsk"]

  constructor({ concurrency = 4, onAsk }: FixedTeacherOptions = {}) {
    this.concurrency = concurrency
    this.#onAsk = onAsk
  }

  async ask(messages: readonly TeacherMessage[], { seed }: AskOptions): Promise<TeacherReply> {
    const content = messages.at(-1)!.content
    const key = `${hashNumber(content, messages[0]!.content)}-${seed}`
    await this.#onAsk?.(key)
    this.spending.requests++
    const text = fixedReply(messages, seed)
    const usage = { promptTokens: content.length, completionTokens: text.length }
    return { text, finishReason: seed % 23 === 0 ? "length" : "stop", usage }
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

function fixedReply(messages: readonly TeacherMessage[], seed: number): string {
  const caption = messages.at(-1)!.content.split("\n")[0]!
  if (seed % 11 === 0) return "I'm sorry, but I cannot see the image."
  if (seed % 13 === 0) return `Question:\nWhat is there?\n===\n${caption}`
  const words = ["thing", "color", "side", "shape", "corner", "weather", "action", "number"]
  const question = (at: number) => `What ${words[(seed + 3 * at) % words.length]} is ${at === 0 ? "first" : "next"}?`
  const turn = (at: number) => `Question:\n${question(at)}\n===\nAnswer:\n${caption}\n===\n`
  const system = messages[0]!.content
  if (system.includes("describes photos")) return `The photo is like this. ${caption}`
  return system.includes("one question") ? turn(0) : turn(0) + turn(1) + turn(2)
}
