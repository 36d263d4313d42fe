/** What the model says about a sample while it is trained. */
export interface SampleAnswer {
  readonly id: string | number
  /** Paths. */
  readonly images: readonly string[]
  readonly question: string
  readonly expected: string
  readonly answer: string
  /** Why there is no answer: the context is too short, say. */
  readonly error?: string
}

/** A line of `answers.jsonl`: answers about a few samples after a step. */
export interface AnswersLine {
  readonly step: number
  readonly answers: readonly SampleAnswer[]
}
