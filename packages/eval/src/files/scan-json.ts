export type JsonPath = readonly (string | number)[]

/**
 * Walks over the keys and items of a JSON text that is known to be well formed, down to `depth` levels, with the place
 * where each stands. `JSON.parse` keeps neither places nor the first of two equal keys.
 */
export function scanJson(text: string, depth: number, visit: (path: JsonPath, offset: number) => void): void {
  let position = 0

  const skipSpace = () => {
    while (text.charCodeAt(position) <= 32) position++
  }
  const skipString = () => {
    do position = text.indexOf('"', position + 1)
    while (isEscaped(text, position))
    position++
  }
  /** Passes one value without looking into it. */
  const skipValue = () => {
    for (let open = 0; position < text.length; ) {
      const character = text[position]
      if (character === '"') skipString()
      else {
        if (character === "{" || character === "[") open++
        else if (character === "}" || character === "]") open--
        else if (character === "," && open === 0) return
        if (open < 0) return
        position++
      }
    }
  }
  const walk = (path: JsonPath) => {
    skipSpace()
    const opening = text[position]
    if (path.length >= depth || (opening !== "{" && opening !== "[")) return skipValue()
    position++
    for (let index = 0; ; index++) {
      skipSpace()
      if (text[position] === "}" || text[position] === "]") break
      const start = position
      let step: string | number = index
      if (opening === "{") {
        skipString()
        step = JSON.parse(text.slice(start, position)) as string
        skipSpace()
        position++
      }
      const inner = [...path, step]
      visit(inner, start)
      walk(inner)
      skipSpace()
      if (text[position] === ",") position++
    }
    position++
  }
  walk([])
}

function isEscaped(text: string, quote: number): boolean {
  let backslashes = 0
  while (text[quote - 1 - backslashes] === "\\") backslashes++
  return backslashes % 2 === 1
}
