/** One answer: a model's text, or the index of the choice that another scorer has read from it, or both. */
export interface FileAnswer {
  id: string
  text: string | undefined
  choice: number | undefined
  /** `answer_id`, where the file has it; reviews refer to it. */
  answerId?: string
  line: () => number | undefined
}

/** The answers of one file, in its order. */
export interface AnswerFile {
  file: string
  /** Which of the published layouts it has, in words. */
  layout: string
  /** The model that the answers name; undefined where they name none. */
  model: string | undefined
  answers: ReadonlyMap<string, FileAnswer>
}
