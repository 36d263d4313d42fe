import { Command, Option } from "commander"
import { emojiFolder } from "../command-line/emoji-folder.ts"
import type { Surroundings } from "../command-line/surroundings.ts"
import { wholeNumber } from "../command-line/whole-number.ts"
import { encodePng } from "../files/encode-png.ts"
import { writeAtomically } from "../files/write-atomically.ts"
import { openScenePool } from "../pool/open-scene-pool.ts"
import { sceneSeed } from "../scene/scene-seed.ts"
import { type Split, splits } from "../scene/split.ts"
import { drawSheet } from "../sheet/draw-sheet.ts"
import { readWorld } from "../world/read-world.ts"

interface SheetCommandOptions {
  world: string
  count: number
  columns: number
  scale: number
  seed: number
  split: Split
  out: string
}

/** `sheet`: one PNG of many scenes, to look at. */
export function sheetCommand(surroundings: Surroundings): Command {
  const count = wholeNumber(1)
  return new Command("sheet")
    .description("Draw scenes side by side into one PNG, to look at.")
    .option("--world <name>", "small, medium, large, or a JSON file that describes a world", "small")
    .option("--count <scenes>", "how many scenes", count, 24)
    .option("--columns <number>", "scenes a row", count, 8)
    .option("--scale <factor>", "repeat every pixel this often in both directions", count, 1)
    .option("--seed <number>", "another seed gives other scenes", wholeNumber(0), 0)
    .addOption(new Option("--split <split>", "which scenes").choices(splits).default("train"))
    .requiredOption("--out <file>", "the PNG file")
    .action(async (options: SheetCommandOptions) => {
      const { split, seed } = options
      const seeds = Array.from({ length: options.count }, (_, index) => sceneSeed({ split, run: seed, index }))
      await using pool = await openScenePool(await readWorld(options.world), { cacheFolder: emojiFolder(surroundings) })
      const images = (await pool.draw(seeds)).map(({ image }) => image)
      const columns = Math.min(options.columns, images.length)
      await writeAtomically(options.out, await encodePng(drawSheet(images, { columns, scale: options.scale })))
      surroundings.stdout.write(`${options.out}\n`)
    })
}
