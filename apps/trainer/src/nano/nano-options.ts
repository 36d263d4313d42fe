/** What the command line asks of the recipe nano. */
export interface NanoOptions {
  budget: string
  output: string
  /** Folder of a finished run. */
  verify?: string
  /** A folder of pictures that are no scenes: does the model know? */
  photographs?: string
  /** A folder with questions that people typed, their scenes and a model. */
  ask?: string
  /** Make variants of nano and compare them. */
  ablations: boolean
  /** Of each variant. */
  seeds: number
  /** Names; all variants unless given. */
  variants?: string[]
  restart: boolean
  adapter?: string
  verbose: boolean
}
