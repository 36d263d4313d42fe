/** What a command reads and writes of the process it runs in; tests pass their own. */
export interface Surroundings {
  env: Readonly<Record<string, string | undefined>>
  /** For results. */
  stdout: { write(text: string): unknown }
  /** For the reader, and on a terminal for a line of progress. */
  stderr: { write(text: string): unknown; isTTY?: boolean }
  /** Aborted by Ctrl-C. */
  signal: AbortSignal
}
