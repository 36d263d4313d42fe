import type { OpenModelOptions } from "@llava/hub"
import { matrixFormats } from "@llava/tensor"
import { type Command, Option } from "commander"

/** How the command line names a model. */
export interface ModelOptions {
  modelId?: string
  template?: string
  tokenizer?: string
  mmproj?: string
  base?: string
  dtype?: NonNullable<OpenModelOptions["dtype"]>
  part: string[]
  offline?: boolean
}

/** Options of commands that open a model of their own. */
export function addModelOptions(command: Command): Command {
  return command
    .option("--model-id <name>", "what answers call the model (default: the last part of its path)")
    .option("--template <name>", "conversation template, where the model states none or another is wanted")
    .option("--tokenizer <path>", "tokenizer, where the model has none")
    .option("--mmproj <file>", "llama.cpp's image part of a .gguf model")
    .option("--base <name>", "the language model that delta weights or a projector alone belong to")
    .addOption(
      new Option("--dtype <name>", "precision of the weights (default: as the file has them)").choices([
        "auto",
        ...Object.keys(matrixFormats),
      ]),
    )
    .option("--part <module>", "ES module with an encoder, projector or decoder of your own; may repeat", collect, [])
    .option("--offline", "use downloaded models only")
}

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value]
}
