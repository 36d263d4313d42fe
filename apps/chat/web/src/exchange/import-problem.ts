import type { Problem } from "../problem.ts"

/** A file that holds no conversations, or broken ones. */
export class ImportProblem extends Error implements Problem {
  readonly nextStep: string

  constructor(message: string, nextStep: string) {
    super(message)
    this.nextStep = nextStep
  }
}
