import { numberArgument } from "@llava/app-common"
import { type AnswerMethod, answerMethods, type PromptFormat, promptFormats } from "@llava/eval"
import { addModelOptions, type ModelOptions } from "@llava/eval-app"
import { type Command, Option } from "commander"
import type { SelectionOptions } from "../data/selection-options.ts"

/** What `predict` is asked for. */
export interface PredictOptions extends SelectionOptions, ModelOptions {
  model: string
  output: string
  format: PromptFormat
  image: "first" | "last"
  method: AnswerMethod
  direct?: boolean
  shots: number
  shotIds?: string[]
  shotsFrom?: string
  shotsSplit: string
  batchSize: number
  maxNewTokens: number
  temperature: number
  topP: number
  seed: number
  restart?: boolean
  skipBad?: boolean
}

const count = numberArgument({ whole: true, minimum: 1 })
const whole = numberArgument({ whole: true, minimum: 0 })

/** Adds the options that say how problems are asked. */
export function addPredictOptions(command: Command): Command {
  return addModelOptions(command)
    .requiredOption("--model <name>", "the model: a folder, a .gguf file, a known name or a hub id")
    .requiredOption("--output <file>", "answers, one a line, added to as they come")
    .addOption(new Option("--format <name>", "how problems are put").choices(promptFormats).default("QCM-LEA"))
    .addOption(new Option("--image <place>", "where the picture goes").choices(["first", "last"]).default("first"))
    .addOption(
      new Option(
        "--method <name>",
        "free: the model writes; two-step: reasoning, then the letter; matched: words that name one choice count; letters, texts: the likeliest, without writing",
      )
        .choices(answerMethods)
        .default("free"),
    )
    .option("--direct", "ask for the letter alone (default in v1.5)")
    .option("--no-direct", "do not")
    .option("--shots <n>", "solved problems before each, drawn by the seed", whole, 0)
    .option("--shot-ids <ids...>", "these solved problems")
    .option("--shots-from <file>", "problems to draw them from (default: the problems themselves)")
    .option("--shots-split <name>", "the split to draw them from", "train")
    .option("--batch-size <n>", "problems side by side on the GPU", count, 4)
    .option("--max-new-tokens <n>", "longest answer", count, 1024)
    .option("--temperature <n>", "0 takes the likeliest token", numberArgument({ minimum: 0 }), 0)
    .option(
      "--top-p <n>",
      "sample among the likeliest of this probability",
      numberArgument({ minimum: 0, maximum: 1 }),
      1,
    )
    .option("--seed <n>", "of sampling and of shots", whole, 0)
    .option("--restart", "discard the answers that the output file holds")
    .option("--skip-bad", "leave out problems that cannot be asked, and say which")
}
