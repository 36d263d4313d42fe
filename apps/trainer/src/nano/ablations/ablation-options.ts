/** What the command line asks of the ablations. */
export interface AblationOptions {
  budget: string
  output: string
  /** Each variant is made so many times, of other random numbers. */
  seeds: number
  /** Names of variants; all unless given. */
  variants?: readonly string[] | undefined
  restart: boolean
}
