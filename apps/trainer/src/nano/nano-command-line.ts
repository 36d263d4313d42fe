import { numberArgument, readArguments } from "@llava/app-common"
import { Command, Option } from "commander"
import type { NanoOptions } from "./nano-options.ts"

/** Whether the arguments ask for a nano, which is made of several runs, instead of one of the recipes. */
export function asksForNano(argv: readonly string[]): boolean {
  return argv.some(
    (argument, index) => argument === "--recipe=nano" || (argument === "--recipe" && argv[index + 1] === "nano"),
  )
}

/** Reads the arguments of the recipe nano: what to run with, or help to print. Errors: AppError "command-line". */
export function parseNanoCommandLine(argv: readonly string[]): { options: NanoOptions } | { text: string } {
  const command = new Command("npm run train -- --recipe nano")
    .description(
      "Makes a small LLaVA from random weights: tokenizer, pictures and words, language, the two stages, evaluation. The same command goes on with a run that was stopped.",
    )
    .option("--recipe <name>", "nano")
    .option(
      "--budget <name>",
      "cpu (about three hours of two cores), gpu, or smoke (a look at the path; the model knows nothing)",
      "cpu",
    )
    .option(
      "--output <folder>",
      "where checkpoints, metrics, the report and the model go (default: runs/nano, or runs/nano-ablations)",
    )
    .option(
      "--verify <folder>",
      "train nothing: replay the beginning of a finished run from its seeds, and judge its model again",
    )
    .option(
      "--ask <folder>",
      "train nothing: answer its questions.jsonl about its scenes with its model, as lines to be judged by a person",
    )
    .option(
      "--photographs <folder>",
      "with the evaluation: pictures that are no drawn scenes, to count how many of them the model finds strange",
    )
    .option(
      "--ablations",
      "make small variants, each with one thing done otherwise, and compare them in a table",
      false,
    )
    .option("--seeds <number>", "with --ablations: how often each variant is made", numberArgument(seeds), 3)
    .option("--variants <names>", "with --ablations: these alone, with commas between them (default: all)", listed)
    .option("--restart", "discard what an earlier run left in the output folder", false)
    .addOption(new Option("--adapter <kind>", "the GPU to take").choices(["hardware", "lavapipe", "swiftshader"]))
    .option("--verbose", "show where an error comes from", false)
    .showSuggestionAfterError()
  const text = readArguments(command, argv)
  if (text !== undefined) return { text }
  const given = command.opts<Omit<NanoOptions, "output"> & { output?: string }>()
  return { options: { ...given, output: given.output ?? (given.ablations ? "runs/nano-ablations" : "runs/nano") } }
}

const seeds = { whole: true, minimum: 1, maximum: 10 }

const listed = (names: string): string[] => names.split(",").map((name) => name.trim())
