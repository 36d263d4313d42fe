/** What the command line asks of the recipe nano. */
export interface NanoOptions {
  budget: string
  output: string
  /** Folder of a finished run. */
  verify?: string
  restart: boolean
  adapter?: string
  verbose: boolean
}
