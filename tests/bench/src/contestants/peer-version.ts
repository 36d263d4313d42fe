import { readFileSync } from "node:fs"
import { findPackageJSON } from "node:module"

/** The installed version of a peer. */
export function peerVersion(name: string): string {
  const manifest = findPackageJSON(name, import.meta.url)
  if (manifest === undefined) throw new Error(`${name} is not installed`)
  return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version
}
