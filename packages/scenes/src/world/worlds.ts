import { largeWorld } from "./large-world.ts"
import { mediumWorld } from "./medium-world.ts"
import { smallWorld } from "./small-world.ts"
import type { World } from "./world.ts"

/** The worlds that come with the package, by name. */
export const worlds: ReadonlyMap<string, World> = new Map(
  [smallWorld, mediumWorld, largeWorld].map((world) => [world.name, world]),
)
