import { Command } from "commander"
import type { Surroundings } from "../command-line/surroundings.ts"
import { readWorld } from "../world/read-world.ts"
import { worlds } from "../world/worlds.ts"

/** `worlds`: the worlds there are, or one as JSON to begin another from. */
export function worldsCommand({ stdout }: Surroundings): Command {
  return new Command("worlds")
    .description("List the worlds, or print one as JSON: the beginning of a world of your own.")
    .argument("[name]", "the world to print")
    .action(async (name?: string) => {
      if (name !== undefined) {
        stdout.write(`${JSON.stringify(await readWorld(name), null, 2)}\n`)
        return
      }
      for (const { name: each, kinds, settings, objects, imageSize, placement } of worlds.values()) {
        const size = `${imageSize} x ${imageSize} pixels`
        const number = `${objects.minimum} to ${objects.maximum} of ${kinds.length} kinds`
        stdout.write(`${each}: ${size}, ${number} in ${settings.length} settings, placement ${placement.type}\n`)
      }
    })
}
