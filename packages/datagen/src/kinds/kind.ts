/** One kind of instruction data: a folder of plain text. */
export interface Kind {
  /** The folder's name. */
  name: string
  /** Weight among the kinds of a run. */
  share: number
  /** Whether the teacher needs boxes, can be given them, or never sees them. */
  boxes: "required" | "optional" | "none"
  /** How many questions a reply may hold. */
  turns: { minimum: number; maximum: number }
  system: string
  /** The user's message, with {captions}, {boxes} and {question} in their places. */
  layout: string
  /** With these the reply is the answer alone, to a question drawn from them. */
  questions?: readonly string[]
  examples: readonly KindExample[]
  /** SHA-256 of each file of the folder, by name. */
  hashes: Readonly<Record<string, string>>
}

export interface KindExample {
  captions: readonly string[]
  /** As the teacher sees them, a line each: "dog: [0.1, 0.5, 0.3, 0.9]". */
  boxes: readonly string[]
  reply: string
}
