import { DatagenError } from "../datagen-error.ts"

export type RunIdentity = Readonly<Record<string, unknown>>

/**
 * Refuses to go on with a folder whose run was another one.
 *
 * @throws DatagenError `run-differs` with every difference: `prompts.detail.system.txt: 5a1c... before, 77e0... now`.
 */
export function checkSameRun(before: RunIdentity, now: RunIdentity, folder: string): void {
  const old = flatten(before)
  const current = flatten(now)
  const keys = [...new Set([...old.keys(), ...current.keys()])]
  const differences = keys.flatMap((key) => {
    const [was, is] = [old.get(key), current.get(key)]
    return was === is ? [] : [`  ${key}: ${brief(was)} before, ${brief(is)} now`]
  })
  if (differences.length === 0) return
  throw new DatagenError(`${folder} holds a run with other settings:\n${differences.join("\n")}\n`, {
    code: "run-differs",
    fix: "Choose another folder for the new run, or give the old settings to go on with the old one.",
  })
}

function flatten(value: unknown, path: readonly string[] = []): Map<string, string> {
  if (typeof value !== "object" || value === null)
    return new Map([[path.join("."), JSON.stringify(value) ?? "nothing"]])
  return new Map(Object.entries(value).flatMap(([key, inner]) => [...flatten(inner, [...path, key])]))
}

/** Hashes are told apart by their beginnings. */
function brief(text: string | undefined): string {
  if (text === undefined) return "absent"
  return /^"[0-9a-f]{64}"$/.test(text) ? `${text.slice(1, 13)}...` : text
}
