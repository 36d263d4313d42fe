import { say } from "./say.ts"

export interface Report {
  /** What `--json` prints. */
  json: unknown
  /** What is printed for people. */
  table: string
  /** What was left out or counted apart, one sentence each. */
  notes?: readonly string[]
}

/** Prints the result on standard output and the notes on standard error. */
export function report({ json, table, notes = [] }: Report, asJson: boolean): void {
  for (const note of notes) say(note)
  process.stdout.write(`${asJson ? JSON.stringify(json) : table}\n`)
}
