import { readFile } from "node:fs/promises"
import { ScenesError } from "../scenes-error.ts"
import { findWorld } from "./find-world.ts"
import { type World, worldSchema } from "./world.ts"

/**
 * A world by its name, or from a JSON file (a path ending in `.json`) as `worldSchema` says.
 *
 * @throws ScenesError `unknown-world`; `world-unreadable`, `world-invalid` naming the file and the key
 */
export async function readWorld(nameOrFile: string): Promise<World> {
  if (!nameOrFile.endsWith(".json")) return findWorld(nameOrFile)
  let value: unknown
  try {
    value = JSON.parse(await readFile(nameOrFile, "utf8"))
  } catch (cause) {
    throw new ScenesError(`${nameOrFile} cannot be read as JSON.`, {
      code: "world-unreadable",
      fix: "Give the name of a world, or a JSON file that describes one.",
      cause,
    })
  }
  const result = worldSchema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new ScenesError(`${nameOrFile}: ${issue?.path.join(".")}: ${issue?.message}.`, {
    code: "world-invalid",
    fix: "The worlds of the package, as `worlds` prints them, show what is expected.",
  })
}
