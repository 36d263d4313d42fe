import { numberArgument } from "@llava/app-common"
import type { AnswerParser } from "@llava/eval"
import { type Command, Option } from "commander"

/** How answers are read and counted. */
export interface ScoringOptions {
  parser: AnswerParser
  seed: number
  bootstrap: number
}

export function addScoringOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--parser <rule>", "how texts are read; legacy is the rule of before 2023-10-11")
        .choices(["current", "legacy"])
        .default("current"),
    )
    .option("--seed <n>", "of what the legacy rule draws, and of the intervals", numberArgument({ whole: true }), 0)
    .option("--bootstrap <n>", "samples of the 95 % intervals", numberArgument({ whole: true, minimum: 1 }), 1000)
}
