/** What went wrong, as a sentence, and what to do next. */
export interface Problem {
  readonly message: string
  readonly nextStep: string
}
