import { accessSync, constants } from "node:fs"
import { delimiter, join } from "node:path"

const names = ["chromium", "chromium-browser", "google-chrome"]

/** The program named by LLAVA_CHROMIUM, else the first Chromium of PATH; undefined where there is none. */
export function findChromium(): string | undefined {
  const named = process.env["LLAVA_CHROMIUM"]
  if (named) return named
  const folders = (process.env["PATH"] ?? "").split(delimiter)
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
