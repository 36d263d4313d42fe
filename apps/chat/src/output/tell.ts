/** Everything that is not an answer goes to standard error. */
export function tell(sentence: string): void {
  process.stderr.write(`llava: ${sentence}\n`)
}
