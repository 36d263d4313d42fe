import type { Message, Tokenizer } from "@llava/core"
import type { GenerateOptions, GenerationPiece, GenerationResult, LanguageModel } from "@llava/model"

/** An answer on its way, such as a `Generation`: its pieces, and the whole of it. Leaving the loop early stops it. */
export interface EngineAnswer extends AsyncIterable<GenerationPiece> {
  readonly result: Promise<GenerationResult>
}

/** What the server needs of a model to answer with it. A `Llava` is one. */
export interface AnswerEngine {
  generate(options: GenerateOptions): EngineAnswer
  readonly tokenizer: Tokenizer
  readonly languageModel: Pick<LanguageModel, "vocabSize" | "maxPositions">
  /** Tokens that one image takes; 0 where the model sees none. */
  readonly tokensPerImage: number
  /** How many answers it makes at the same time without slowing down much. Default 1: requests take turns. */
  readonly concurrency?: number
  /**
   * What a reader of the answer to this message should know, in sentences: that it shows a picture unlike all that the
   * model was trained on. Images are decoded. Asked once the answer is whole.
   */
  remarksOn?(message: Message, options: { signal: AbortSignal }): Promise<readonly string[]>
}
