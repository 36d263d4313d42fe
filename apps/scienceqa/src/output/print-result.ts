import { say } from "./say.ts"

export interface Result {
  /** What `--json` prints. */
  json: unknown
  /** What is printed for people. */
  text: string
  /** What was left out or counted apart, one sentence each. */
  notes: readonly string[]
}

/** Notes to standard error, the result to standard output; whole before the program ends. */
export async function printResult({ json, text, notes }: Result, asJson: boolean): Promise<void> {
  for (const note of notes) say(note)
  await new Promise<void>((resolve) => {
    process.stdout.write(`${asJson ? JSON.stringify(json) : text}\n`, () => resolve())
  })
}
