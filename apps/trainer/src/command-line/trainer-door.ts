/** A command behind which the trainer stands: its name and what its help says. */
export interface TrainerDoor {
  /** As it is typed: "npm run train --". */
  command: string
  description: string
  /** Taken unless `--recipe` names another. */
  recipe?: string
  examples: readonly string[]
}
