/** What is known of an answer besides its text. Counts are the server's, times those of this page. */
export interface AnswerFacts {
  readonly model: string
  readonly promptTokens?: number
  /** Of the prompt: those of pictures. */
  readonly imageTokens?: number
  readonly answerTokens?: number
  /** Of the prompt: those that the server still knew from an earlier question. */
  readonly cachedTokens?: number
  /** From the question to the first piece of text, in milliseconds. */
  readonly firstMs?: number
  readonly totalMs: number
  readonly finishReason?: string
  /** What the server adds for the reader: that a picture is unlike all that the model was trained on. */
  readonly remarks?: readonly string[]
}
