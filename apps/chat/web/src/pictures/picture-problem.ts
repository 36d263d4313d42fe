import type { Problem } from "../problem.ts"

/** A file that cannot be asked about. */
export class PictureProblem extends Error implements Problem {
  readonly nextStep = "Choose a PNG, JPEG, WebP or GIF file."
}
