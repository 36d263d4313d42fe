/** The line, from 1, on which an item of a JSON array begins. */
export function lineOfItem(json: string, item: number): number {
  let line = 1
  let depth = 0
  let commas = 0
  let isString = false
  let isStarted = false
  for (let at = 0; at < json.length; at++) {
    const character = json[at]!
    if (character === "\n") line++
    if (isString) {
      if (character === "\\") at++
      else if (character === '"') isString = false
      continue
    }
    if (isStarted && depth === 1 && commas === item && !/[\s,]/.test(character)) return line
    if (character === '"') isString = true
    else if (character === "[" || character === "{") {
      depth++
      isStarted = true
    } else if (character === "]" || character === "}") depth--
    else if (character === "," && depth === 1) commas++
  }
  return line
}
