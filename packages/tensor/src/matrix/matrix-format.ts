/** How the elements of a packed matrix are stored. Quantised formats are GGUF's, in blocks of 32 along the inputs. */
export type MatrixFormat = "f32" | "f16" | "q8_0" | "q4_0" | "q4_1"

export interface MatrixFormatFacts {
  /** Elements and bytes of one block as files have them. */
  readonly blockElements: number
  readonly blockBytes: number
  /** Elements in a 32-bit word on the GPU. */
  readonly perWord: number
  /** f32 numbers per 32 elements on the GPU: a scale, and a minimum for q4_1. */
  readonly scaleWords: number
}

/** The facts of every format by its name. */
export const matrixFormats: Readonly<Record<MatrixFormat, MatrixFormatFacts>> = {
  f32: { blockElements: 1, blockBytes: 4, perWord: 1, scaleWords: 0 },
  f16: { blockElements: 1, blockBytes: 2, perWord: 2, scaleWords: 0 },
  q8_0: { blockElements: 32, blockBytes: 34, perWord: 4, scaleWords: 1 },
  q4_0: { blockElements: 32, blockBytes: 18, perWord: 8, scaleWords: 1 },
  q4_1: { blockElements: 32, blockBytes: 20, perWord: 8, scaleWords: 2 },
}
