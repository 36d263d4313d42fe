/** Whether `path` matches a shell pattern: `*` any characters (also `/`), `?` one, `[ab]` or `[!ab]` one of a set. */
export function matchPattern(path: string, pattern: string): boolean {
  let source = ""
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern[i]!
    const close = character === "[" ? pattern.indexOf("]", pattern[i + 1] === "!" ? i + 3 : i + 2) : -1
    if (character === "*") source += ".*"
    else if (character === "?") source += "."
    else if (close > 0) {
      const set = pattern.slice(i + 1, close).replace(/[\\\]^[]/g, "\\$&")
      source += set.startsWith("!") ? `[^${set.slice(1)}]` : `[${set}]`
      i = close
    } else source += character.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&")
  }
  return new RegExp(`^${source}$`, "su").test(path)
}
