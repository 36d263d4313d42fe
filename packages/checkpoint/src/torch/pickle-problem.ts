/** What is wrong with a pickle; `openTorch` turns it into a `CheckpointError` that names the file. */
export class PickleProblem extends Error {
  /** The `module.name` that was refused, where that is the problem. */
  readonly refused: string | undefined

  constructor(problem: string, refused?: string) {
    super(problem)
    this.refused = refused
  }
}
