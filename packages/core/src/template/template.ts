import type { Role } from "../prompt/message.ts"

/** One turn as a template sees it. Each `<image>` in `text` stands for one image; text that only looks so is guarded. */
export interface Turn {
  readonly role: Role
  readonly text: string
}

/** A stretch of rendered text, and whether a model in training is to learn it. */
export interface Segment {
  readonly text: string
  readonly learned: boolean
}

/** How a conversation becomes text. Built-in ones come from `findTemplate`, those of model folders from `jinjaTemplate`. */
export interface Template {
  readonly name: string
  /** Strings at which an answer ends. */
  readonly stop: readonly string[]
  /**
   * How the template announces an image, where it does so by tags: around it (training), and as a turn of its own
   * with a reply (generation).
   */
  readonly imageTags?: { readonly open: string; readonly close: string; readonly reply: string }
  /** Whether turns of its own come before the user's. */
  readonly hasExamples: boolean
  /** The text that asks for the next answer. */
  renderPrompt(turns: readonly Turn[]): string
  /** The text of a finished conversation, with what is to be learned marked. */
  renderTraining(turns: readonly Turn[]): Segment[]
  /** Whether the tokenizer is to add BOS (and its like) to the rendered text. */
  addsSpecialTokens(text: string): boolean
}
