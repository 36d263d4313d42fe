/** What the command line asks of the recipe nano. */
export interface NanoOptions {
  budget: string
  output: string
  restart: boolean
  adapter?: string
  verbose: boolean
}
