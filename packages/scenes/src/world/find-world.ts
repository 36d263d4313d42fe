import { ScenesError } from "../scenes-error.ts"
import type { World } from "./world.ts"
import { worlds } from "./worlds.ts"

/** @throws ScenesError `unknown-world` */
export function findWorld(name: string): World {
  const world = worlds.get(name)
  if (world) return world
  throw new ScenesError(`There is no world ${JSON.stringify(name)}.`, {
    code: "unknown-world",
    fix: `Take one of: ${[...worlds.keys()].join(", ")}.`,
  })
}
