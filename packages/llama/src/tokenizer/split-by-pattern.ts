/** What becomes of the matches: Hugging Face's `SplitDelimiterBehavior`, in their spelling. */
export type SplitBehavior = "Removed" | "Isolated" | "MergedWithPrevious" | "MergedWithNext" | "Contiguous"

/**
 * Cuts text at the matches of a global pattern. `invert` swaps matches and what lies between them.
 * No piece is empty.
 */
export function splitByPattern(
  text: string,
  pattern: RegExp,
  behavior: SplitBehavior = "Isolated",
  invert = false,
): string[] {
  const spans: { text: string; isMatch: boolean }[] = []
  let end = 0
  for (const match of text.matchAll(pattern)) {
    if (match[0] === "") continue
    if (match.index > end) spans.push({ text: text.slice(end, match.index), isMatch: invert })
    spans.push({ text: match[0], isMatch: !invert })
    end = match.index + match[0].length
  }
  if (end < text.length) spans.push({ text: text.slice(end), isMatch: invert })

  if (behavior === "Isolated") return spans.map((span) => span.text)
  if (behavior === "Removed") return spans.flatMap((span) => (span.isMatch ? [] : [span.text]))
  const pieces: string[] = []
  let previous: boolean | undefined
  for (const { text: piece, isMatch } of spans) {
    const joins =
      behavior === "Contiguous"
        ? isMatch === previous
        : behavior === "MergedWithPrevious"
          ? isMatch && previous === false
          : !isMatch && previous === true
    if (joins) pieces.push(pieces.pop()! + piece)
    else pieces.push(piece)
    previous = isMatch
  }
  return pieces
}
