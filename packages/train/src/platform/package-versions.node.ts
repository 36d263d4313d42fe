import { createRequire } from "node:module"

/** Versions of what computes a run, for whoever compares two of them. */
export function packageVersions(): Record<string, string> {
  const require = createRequire(import.meta.url)
  const version = (name: string) => (require(`${name}/package.json`) as { version: string }).version
  return {
    "@llava/tensor": version("@llava/tensor"),
    "@llava/train": version("@llava/train"),
    node: process.versions.node,
  }
}
