/** Commander's message as one sentence of ours: "Unknown option '--x'. (Did you mean --y?)" */
export function usageSentence(message: string): string {
  const [first = "", ...rest] = message.replace(/^error: /, "").split("\n")
  const opened = `${first.charAt(0).toUpperCase()}${first.slice(1)}`
  return [/[.?!]$/.test(opened) ? opened : `${opened}.`, ...rest].join(" ")
}
