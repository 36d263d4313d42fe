/** What is wrong with a GGUF file; `openGguf` turns it into a `CheckpointError` that names the file. */
export class GgufProblem extends Error {
  readonly code: string

  constructor(problem: string, code = "gguf-invalid") {
    super(problem)
    this.code = code
  }
}
