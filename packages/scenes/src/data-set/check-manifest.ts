import { readFile } from "node:fs/promises"
import { isDeepStrictEqual } from "node:util"
import { ScenesError } from "../scenes-error.ts"

/** @throws ScenesError `folder-of-other-data` where the folder holds data made with other settings. */
export async function checkManifest(path: string, manifest: object): Promise<void> {
  const text = await readFile(path, "utf8").catch(() => undefined)
  if (text === undefined) return
  let found: unknown
  try {
    found = JSON.parse(text)
  } catch {
    found = undefined
  }
  if (isDeepStrictEqual(found, JSON.parse(JSON.stringify(manifest)))) return
  throw new ScenesError(`${path} tells of data made with other settings.`, {
    code: "folder-of-other-data",
    fix: "Give another folder, or delete this one.",
  })
}
