import { numberArgument, readArguments } from "@llava/app-common"
import { matrixFormats } from "@llava/tensor"
import { publishedRecipes } from "@llava/train"
import { Command, Option } from "commander"
import { checkOptions } from "./check-options.ts"
import { ownDoor } from "./own-door.ts"
import type { TrainerDoor } from "./trainer-door.ts"
import type { TrainerOptions } from "./trainer-options.ts"

/** Options to run with, or text to print in place of running. */
export type ParsedCommandLine = { options: TrainerOptions; text?: never } | { text: string; options?: never }

function helpAfter({ command, examples }: TrainerDoor): string {
  return `
Published recipes: ${Object.keys(publishedRecipes).join(", ")}.
Patterns of a recipe, its keys and their defaults: docs/training.md.

Examples:
${examples.map((example) => `  ${command} ${example}`).join("\n")}`
}

/** Reads the arguments after the program's name. Errors: AppError "command-line". */
export function parseCommandLine(argv: readonly string[], door: TrainerDoor = ownDoor): ParsedCommandLine {
  const command = trainCommand(door)
  const text = readArguments(command, argv)
  if (text !== undefined) return { text }
  const recipe = door.recipe !== undefined && { recipe: door.recipe }
  return { options: checkOptions({ ...unset, ...recipe, ...command.opts<Partial<TrainerOptions>>() }) }
}

/** Options that are off, or empty, unless given; help would list these as defaults. */
const unset = {
  part: [],
  set: [],
  imageStartEnd: false,
  tensorboard: false,
  restart: false,
  skipBad: false,
  dryRun: false,
  estimateMemory: false,
  offline: false,
  verbose: false,
}

function trainCommand(door: TrainerDoor): Command {
  const recipe = door.recipe === undefined ? "" : ` (default: ${door.recipe})`
  return new Command(door.command)
    .description(door.description)
    .option("--recipe <name>", `a published recipe's name, or a JSON file${recipe}`)
    .option("--set <key=value>", "a key of the recipe, such as schedule.warmupRatio=0.1; may repeat", collect)
    .option("--model <name>", "the model to go on with: a folder or a hub id")
    .option("--encoder <name>", "image encoder of a new model: a folder, a hub id, or a .json config of a fresh one")
    .option("--language-model <name>", "language model of a new model: a folder, a .gguf file or a hub id")
    .option("--projector <type>", "projector of a new model (default: mlp2x_gelu)")
    .option(
      "--select-layer <n>",
      "layer of the encoder that a new model sees; may repeat (default: -2, the last but one)",
      (value, before: readonly number[] = []) => [...before, numberArgument({ whole: true })(value)],
    )
    .option(
      "--image-start-end",
      "a new model's pictures stand between <im_start> and <im_end>, which it learns to read",
    )
    .option("--template <name>", "conversation template that the model is trained in, and states afterwards")
    .addOption(
      new Option(
        "--dtype <type>",
        "how frozen weights are kept on the GPU (default: as stored, quantised ones as f16)",
      ).choices(["auto", ...Object.keys(matrixFormats)]),
    )
    .option("--part <module>", "ES module with an encoder, projector or decoder of your own; may repeat", collect)
    .option("--data <file>", "conversations or captions: LLaVA's JSON, or JSONL")
    .option("--images <folder>", "where the data's images lie (default: the folder of the data)")
    .option("--validation <file>", "samples whose loss is watched (recipe: validateEvery, patience)")
    .option("--output <folder>", "where checkpoints, metrics, the report and the model go")
    .option("--feature-cache <folder>", "keep what the frozen encoder makes of each picture there, for later epochs")
    .option("--tensorboard", "write events for TensorBoard into the output folder too")
    .option("--restart", "discard what an earlier run left in the output folder")
    .option("--skip-bad", "leave out samples that cannot be used, and list them at the end")
    .option("--dry-run", "check every sample, print what would be learned, and train nothing")
    .option("--estimate-memory", "print what one step needs on the GPU, and train nothing")
    .option("--port <number>", "show the run on a page at this port; 0 takes any", numberArgument(ports))
    .option("--offline", "use downloaded models only")
    .addOption(new Option("--adapter <kind>", "the GPU to take").choices(["hardware", "lavapipe", "swiftshader"]))
    .option("--verbose", "show where an error comes from")
    .showSuggestionAfterError()
    .addHelpText("after", helpAfter(door))
}

const ports = { whole: true, minimum: 0, maximum: 65535 }

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value]
}
