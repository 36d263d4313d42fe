import { existsSync } from "node:fs"
import { join } from "node:path"
import { nanoPackage } from "./nano-package.ts"

/**
 * Where a model lies: of `nano`, which comes with the chat, its folder; any other name is its own place. `openModel` knows
 * the name too, but in an installation of the chat alone only the chat sees the package.
 */
export function modelPlace(name: string): string {
  return name === "nano" && !existsSync(name) ? join(nanoPackage(), "model") : name
}
