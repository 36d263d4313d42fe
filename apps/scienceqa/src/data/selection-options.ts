import { numberArgument } from "@llava/app-common"
import type { Command } from "commander"

/** Which problems a command is about. */
export interface SelectionOptions {
  data: string
  problems?: string
  splits?: string
  images?: string
  captions?: string
  split: string
  pictured?: boolean
  skipAbsent?: boolean
  skipMissingImages?: boolean
  limit?: number
}

/** Options of every command that reads ScienceQA's data. */
export function addSelectionOptions(command: Command, split: string): Command {
  return command
    .requiredOption("--data <folder>", "ScienceQA's files: problems.json, pid_splits.json, images/")
    .option("--problems <file>", "problems (default: problems.json, or problems_test.json, in the data folder)")
    .option("--splits <file>", "splits (default: pid_splits.json in the data folder)")
    .option("--images <folder>", "pictures as <id>/<name> or <split>/<id>/<name> (default: images in the data folder)")
    .option("--captions <file>", "captions.json, whose captions become part of the context")
    .option("--split <name>", "the split", split)
    .option("--pictured", "only problems that have a folder of pictures")
    .option("--skip-absent", "leave out problems of the split that the problems file lacks")
    .option("--skip-missing-images", "leave out problems whose picture is missing")
    .option("--limit <n>", "only the first n of them", numberArgument({ whole: true, minimum: 1 }))
}
