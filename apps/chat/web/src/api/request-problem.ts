import type { Problem } from "../problem.ts"

/** A request that failed, with what to do about it. */
export class RequestProblem extends Error implements Problem {
  readonly nextStep: string
  /** The HTTP status; absent where no reply came. */
  readonly status?: number

  constructor({ message, nextStep }: Problem, status?: number, cause?: unknown) {
    super(message, { cause })
    this.nextStep = nextStep
    if (status !== undefined) this.status = status
  }
}
