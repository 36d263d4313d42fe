const spellings: Readonly<Record<string, string>> = {
  centre: "center",
  middle: "center",
  upper: "top",
  lower: "bottom",
  grey: "gray",
  colour: "color",
  larger: "bigger",
  under: "below",
  beneath: "below",
  over: "above",
}

/** The words and marks of a text: small letters, one spelling of words that have several. */
export function wordsOf(text: string): string[] {
  const words =
    text
      .toLowerCase()
      .replaceAll("’", "'")
      .match(/[a-z0-9']+|[.,;:?!]/g) ?? []
  return words.map((word) => spellings[word] ?? word)
}
