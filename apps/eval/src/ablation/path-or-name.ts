import { existsSync } from "node:fs"

/** A path beside the file where there is one, else a known name or a hub id. */
export function pathOrName(name: string, resolve: (path: string) => string): string {
  return existsSync(resolve(name)) ? resolve(name) : name
}
