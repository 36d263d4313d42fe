import { type NanoSize, nanoSize } from "./nano-configs.ts"
import { type NanoDialogue, nanoDialogue } from "./nano-questions.ts"

/** What a nano is made of and what it learns from, whatever the length of its phases. */
export interface NanoDesign {
  readonly size: NanoSize
  /** Its type, such as `mlp2x_gelu` or `linear`. */
  readonly projector: string
  /** Which hidden state of the image tower the projector reads, counted from the end: -1 is the last. */
  readonly selectLayer: number
  /** What is asked and answered in each phase that reads. */
  readonly dialogues: Readonly<Record<"language" | "stage1" | "stage2", NanoDialogue>>
  /** What stage 2 trains, as patterns of a recipe. */
  readonly tuned: readonly string[]
}

/** Of the nano that comes along. */
export const nanoDesign: NanoDesign = {
  size: nanoSize,
  projector: "mlp2x_gelu",
  selectLayer: -1,
  dialogues: { language: nanoDialogue, stage1: nanoDialogue, stage2: nanoDialogue },
  tuned: ["projector", "language_model"],
}
