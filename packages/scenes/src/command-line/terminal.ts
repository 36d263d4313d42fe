/** Where a command writes and what it may read of its surroundings; tests pass their own. */
export interface Terminal {
  environment: Readonly<Record<string, string | undefined>>
  /** A line of results, to standard output. */
  print(line: string): void
  /** A line for the reader, to standard error. */
  note(line: string): void
  /** Replaces the line of progress; an empty one takes it away. Shown on terminals alone. */
  progress(line: string): void
  /** Columns of the line of progress; 0 where it is not shown. */
  readonly columns: number
  /** Aborted by Ctrl-C. */
  signal: AbortSignal
  /** The exit code when the command ends without an exception. */
  exitCode: number
}
