/** What the program has to say goes to standard error; standard output is for what was asked to be printed. */
export function tell(sentence: string): void {
  process.stderr.write(`llava: ${sentence}\n`)
}
