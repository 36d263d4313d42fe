/**
 * `JSON.parse`, which also takes what Python's `json` writes for numbers that are none: NaN and infinities become null,
 * so that a schema refuses them by name or a scorer counts them.
 * @throws SyntaxError
 */
export function parseJsonValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const cleaned = text.replace(/"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g, (token) =>
      token.startsWith('"') ? token : "null",
    )
    if (cleaned === text) throw error
    return JSON.parse(cleaned)
  }
}
