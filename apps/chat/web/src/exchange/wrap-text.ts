/** Breaks text into lines that are no wider than allowed, between words where it can. */
export function wrapText(text: string, width: number, measure: (text: string) => number): string[] {
  return text.split("\n").flatMap((line) => {
    const lines: string[] = []
    let current = ""
    for (const word of line.split(/(?<=\s)/)) {
      if (current !== "" && measure((current + word).trimEnd()) > width) {
        lines.push(current.trimEnd())
        current = ""
      }
      let rest = word
      while (measure(rest.trimEnd()) > width && rest.length > 1) {
        const fits = longestFit(rest, width, measure)
        lines.push(rest.slice(0, fits))
        rest = rest.slice(fits)
      }
      current += rest
    }
    return [...lines, current.trimEnd()]
  })
}

function longestFit(word: string, width: number, measure: (text: string) => number): number {
  let fits = 1
  while (fits < word.length && measure(word.slice(0, fits + 1)) <= width) fits++
  return fits
}
