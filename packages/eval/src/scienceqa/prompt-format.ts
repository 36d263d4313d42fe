/**
 * What the question shows: Q question, C context, M choices, and for upper bounds L lecture and E solution, in this order.
 */
export const inputFormats = ["CQM", "QCM", "QCML", "QCME", "QCMLE", "QCLM", "QCEM", "QCLEM"] as const

/** What the answer says: A answer, L lecture, E solution, in this order; LEPA marks its parts by name, as LLaVA v0 did. */
export const outputFormats = ["A", "AL", "AE", "ALE", "AEL", "LA", "EA", "LEA", "ELA", "LEPA"] as const

export type InputFormat = (typeof inputFormats)[number]
export type OutputFormat = (typeof outputFormats)[number]

/** A prompt format by its published name; `v1.5` is the layout of LLaVA-1.5's evaluation file. */
export type PromptFormat = `${InputFormat}-${OutputFormat}` | "v1.5"

/** Every prompt format. */
export const promptFormats: readonly PromptFormat[] = [
  ...inputFormats.flatMap((input) => outputFormats.map((output) => `${input}-${output}` as const)),
  "v1.5",
]
