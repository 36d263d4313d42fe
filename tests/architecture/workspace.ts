import { existsSync, globSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

export const repository = fileURLToPath(new URL("../..", import.meta.url))

export interface Manifest {
  name: string
  private?: boolean
  imports?: Record<string, unknown>
  exports?: Record<string, unknown>
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
}

export interface Member {
  /** Folder name, such as "core". */
  name: string
  folder: string
  manifest: Manifest
  /** The TypeScript files below src, and those of an app's page, as absolute paths. */
  sources: string[]
}

/** The workspace's packages or apps. */
export function members(group: "packages" | "apps"): Member[] {
  return readdirSync(join(repository, group))
    .filter((name) => existsSync(join(repository, group, name, "package.json")))
    .map((name) => {
      const folder = join(repository, group, name)
      const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest
      return { name, folder, manifest, sources: globSync(join(folder, "{src,web/src}/**/*.{ts,tsx}")).sort() }
    })
}

/** Sources that are published; tests and their helpers are not. */
export function isShipped(file: string): boolean {
  return !/\.test(-d)?\.ts$|\/testing\//.test(file)
}

/** A package whose manifest offers no build for browsers: its work is in files and processes. */
export function isNodeOnly({ manifest }: Member): boolean {
  const main = manifest.exports?.["."]
  return typeof main === "object" && main !== null && !("browser" in main)
}
