import { numberArgument, readArguments } from "@llava/app-common"
import { Command } from "commander"
import { ChatError } from "../chat-error.ts"
import { addModelOptions } from "./add-model-options.ts"
import type { ChatOptions } from "./chat-options.ts"
import { collect } from "./collect.ts"

/** Options to run with, or text to print in place of running. */
export type ParsedCommandLine = { options: ChatOptions; text?: never } | { text: string; options?: never }

const examples = `
Examples:
  npm start -- --model HuggingFaceTB/SmolLM2-135M-Instruct
  npm start -- --model FOLDER --image photo.jpg --prompt "What is in this picture?"
  cat question.txt | npm start -s -- --model FOLDER > answer.txt
  npm start -- serve --model FOLDER          (its own options: npm start -- serve --help)`

/** Reads the arguments after the program's name. Errors: AppError or ChatError "command-line". */
export function parseCommandLine(argv: readonly string[]): ParsedCommandLine {
  const command = chatCommand()
  const text = readArguments(command, argv)
  if (text !== undefined) return { text }
  refuseArguments(command.args)
  return { options: { ...unset, ...command.opts<ChatOptions>() } }
}

/** Options that are off, or empty, unless given; help would list these as defaults. */
const unset = {
  image: [],
  part: [],
  stop: [],
  lines: false,
  ignoreEos: false,
  json: false,
  offline: false,
  verbose: false,
}

function chatCommand(): Command {
  const command = new Command("npm start --")
    .description(
      "Answers questions, about images where the model sees: --prompt once, standard input in a pipe, a conversation in a terminal.",
    )
    .option("--image <file>", "a picture, by path or address; may repeat, in order", collect)
    .option("--prompt <text>", "the question; default: standard input, or a conversation in a terminal")
    .option("--lines", "standard input holds one prompt per line, each answered by itself")
    .option("--model <name>", "a folder, a .gguf file or a hub id (default: nano, which knows drawn scenes)")
  return addModelOptions(command)
    .option("--max-new-tokens <count>", "longest answer", numberArgument({ whole: true, minimum: 1 }), 512)
    .option("--temperature <number>", "0 takes the likeliest token", numberArgument({ minimum: 0 }), 0)
    .option("--top-k <count>", "only the likeliest tokens; 0 for all", numberArgument({ whole: true, minimum: 0 }), 0)
    .option("--top-p <number>", "only tokens that reach this together", numberArgument({ minimum: 0, maximum: 1 }), 1)
    .option("--min-p <number>", "only tokens this near the likeliest", numberArgument({ minimum: 0, maximum: 1 }), 0)
    .option("--repetition-penalty <number>", "above 1 avoids repetition", numberArgument({ above: 0 }), 1)
    .option("--seed <number>", "makes sampling repeatable", numberArgument({ whole: true }))
    .option("--stop <text>", "end the answer before this text; may repeat", collect)
    .option("--ignore-eos", "go on past the end of the answer, to --max-new-tokens")
    .option("--json", "print one JSON object per answer")
    .allowExcessArguments()
    .showSuggestionAfterError()
    .addHelpText("after", examples)
}

function refuseArguments(args: readonly string[]): void {
  const [first] = args
  if (first === undefined) return
  throw new ChatError(`The argument ${JSON.stringify(first)} belongs to no option.`, {
    code: "command-line",
    fix: "A question goes after --prompt (in quotes), a picture after --image, a model after --model.",
  })
}
