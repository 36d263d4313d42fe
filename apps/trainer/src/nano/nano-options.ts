/** What the command line asks of the recipe nano. */
export interface NanoOptions {
  budget: string
  output: string
  /** A finished run, or the package @llava/nano. */
  verify?: string
  restart: boolean
  adapter?: string
  verbose: boolean
}
