import { matrixFormats } from "@llava/tensor"
import { type Command, Option } from "commander"
import { collect } from "./collect.ts"

/** What is said about a model in every mode: where its pieces are, and how it is kept. */
export function addModelOptions(command: Command): Command {
  return command
    .option("--revision <name>", "branch, tag or commit of a hub id")
    .option("--template <name>", "conversation template, where the model does not state one")
    .option("--tokenizer <file>", "tokenizer, where the model's folder has none")
    .option("--mmproj <file>", "image encoder and projector of a .gguf language model")
    .option("--base <name>", "the model that delta weights are added to")
    .option("--part <module>", "ES module with an encoder, projector or decoder of your own; may repeat", collect)
    .addOption(
      new Option("--dtype <type>", "how weights are kept on the GPU")
        .choices(["auto", ...Object.keys(matrixFormats)])
        .default("auto"),
    )
    .option("--offline", "use downloaded models only")
    .addOption(new Option("--adapter <kind>", "the GPU to take").choices(["hardware", "lavapipe", "swiftshader"]))
    .option("--verbose", "show where an error comes from")
}
