/** One line for people, on standard error: standard output is for results. */
export function say(text: string): void {
  process.stderr.write(`eval: ${text}\n`)
}
