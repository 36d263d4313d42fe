import { Command, Option } from "commander"
import { emojiFolder } from "../command-line/emoji-folder.ts"
import type { Surroundings } from "../command-line/surroundings.ts"
import { wholeNumber } from "../command-line/whole-number.ts"
import { makeDataSet } from "../data-set/make-data-set.ts"
import type { Form } from "../dialogue/ask-options.ts"
import { type Split, splits } from "../scene/split.ts"
import { readWorld } from "../world/read-world.ts"

interface MakeOptions {
  world: string
  count: number
  seed: number
  out: string
  split: Split
  form: Form
  questions: number
  threads?: number
}

/** `make`: pictures with COCO's captions and instances, LLaVA's samples, questions and class lists. */
export function makeCommand(surroundings: Surroundings): Command {
  const count = wholeNumber(1)
  return new Command("make")
    .description("Draw scenes and write pictures, COCO captions and instances, LLaVA samples, questions, class lists.")
    .option("--world <name>", "small, medium, large, or a JSON file that describes a world", "small")
    .requiredOption("--count <scenes>", "how many scenes", count)
    .option("--seed <number>", "another seed gives other scenes", wholeNumber(0), 0)
    .requiredOption("--out <folder>", "gets images/ and the files of the split; it may hold other splits, too")
    .addOption(
      new Option("--split <split>", "unseen: combinations of object and setting that no other split shows")
        .choices(splits)
        .default("train"),
    )
    .addOption(
      new Option("--form <form>", "wording of captions and answers")
        .choices(["compact", "plain", "rich"])
        .default("rich"),
    )
    .option("--questions <number>", "questions a scene", count, 5)
    .option("--threads <number>", "threads that draw (default: one less than there are cores)", count)
    .action(async (options: MakeOptions) => {
      const began = performance.now()
      const { stdout, stderr, signal } = surroundings
      const { count: all, out, split, seed, form, questions, threads } = options
      const files = await makeDataSet({
        world: await readWorld(options.world),
        ...{ split, count: all, seed, out, form, questions },
        ...(threads !== undefined && { threads }),
        cacheFolder: emojiFolder(surroundings),
        onProgress: (done) => {
          if (stderr.isTTY) stderr.write(`\r${progressText(done, all, performance.now() - began)}\u001B[K`)
        },
        signal,
      }).finally(() => {
        if (stderr.isTTY) stderr.write("\r\u001B[K")
      })
      for (const file of Object.values(files)) stdout.write(`${file}\n`)
      const perSecond = Math.round(all / ((performance.now() - began) / 1000))
      stderr.write(`${all} scenes, ${perSecond} a second.\n`)
    })
}

function progressText(done: number, all: number, milliseconds: number): string {
  const seconds = Math.ceil((milliseconds / 1000 / done) * (all - done))
  return `${done} of ${all} scenes${done < all ? `, ${seconds} s left` : ""}`
}
