/**
 * Everything the bootstrap says goes to standard error: standard output belongs to the program it starts.
 *
 * @param {string} sentence
 */
export function say(sentence) {
  process.stderr.write(`llava: ${sentence}\n`)
}
