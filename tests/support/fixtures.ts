import { existsSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

/** A path below `tests/fixtures`. */
export function fixturePath(...parts: string[]): string {
  return fileURLToPath(new URL(join("../fixtures", ...parts), import.meta.url))
}

/** A path below the folder named by LLAVA_REFERENCE_DATA, or undefined where it is absent. */
export function referencePath(...parts: string[]): string | undefined {
  const root = process.env["LLAVA_REFERENCE_DATA"]
  if (!root) return undefined
  const path = join(root, ...parts)
  return existsSync(path) ? path : undefined
}

interface TestContext {
  skip(reason?: string): never
}

/** The reference path, or the test is skipped and the reason printed. */
export function withReference(context: TestContext, ...parts: string[]): string {
  const path = referencePath(...parts)
  if (path) return path
  const reason = `needs ${parts.join("/")} of the reference data (set LLAVA_REFERENCE_DATA)`
  console.log(`skipped: ${reason}`)
  return context.skip(reason)
}
