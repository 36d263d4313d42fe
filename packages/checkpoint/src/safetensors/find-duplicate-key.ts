/**
 * The first key that stands twice in one object of a JSON text that `JSON.parse` accepts, or undefined. `JSON.parse`
 * itself keeps the last of them silently.
 */
export function findDuplicateKey(json: string): string | undefined {
  const open: (Set<string> | undefined)[] = []
  const token = /"(?:[^"\\]|\\.)*"|[{}[\]:]/gs
  let lastString = ""
  for (const [text] of json.matchAll(token)) {
    if (text === "{") open.push(new Set())
    else if (text === "[") open.push(undefined)
    else if (text === "}" || text === "]") open.pop()
    else if (text !== ":") lastString = text
    else {
      const key: string = JSON.parse(lastString)
      const keys = open.at(-1)
      if (keys?.has(key)) return key
      keys?.add(key)
    }
  }
  return undefined
}
