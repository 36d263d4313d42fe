/** A question to a model, from any benchmark's file. */
export interface EvaluationQuestion {
  /** As the file has it: a number stays one. */
  id: string | number
  /** Relative to the folder of images. */
  image?: string
  text: string
  category?: string
  /** Right answers, where the file has them: examples for few-shot prompts need one. */
  answers?: readonly string[]
}
