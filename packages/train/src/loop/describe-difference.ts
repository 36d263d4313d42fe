/** What differs between two values of JSON, as `key: before, now after` by path; versions are left out. */
export function describeDifference(before: unknown, after: unknown, path = ""): string[] {
  if (path === "versions" || JSON.stringify(before) === JSON.stringify(after)) return []
  if (isObject(before) && isObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)])
    return [...keys].flatMap((key) => describeDifference(before[key], after[key], path ? `${path}.${key}` : key))
  }
  return [`${path} was ${JSON.stringify(before)}, is now ${JSON.stringify(after)}`]
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
