import { numberArgument, readArguments } from "@llava/app-common"
import { Command, Option } from "commander"
import { addModelOptions } from "../command-line/add-model-options.ts"
import { collect } from "../command-line/collect.ts"
import type { ServeOptions } from "./serve-options.ts"

/** Options to serve with, or text to print in place of it. */
export type ParsedServe = { options: ServeOptions; text?: never } | { text: string; options?: never }

const examples = `
Examples:
  npm start -- serve
  npm start -- serve --model llava-1.5-7b --embeddings clip-vit-base-32 --port 8000
  LLAVA_API_KEY=SECRET npm start -- serve --host 0.0.0.0 --model FOLDER`

const unset = {
  model: [],
  embeddings: [],
  apiKey: [],
  allowHost: [],
  allowOrigin: [],
  part: [],
  allowPrivateUrls: false,
  offline: false,
  verbose: false,
}

/** Reads the arguments after `serve`. Errors: AppError "command-line". */
export function parseServe(argv: readonly string[]): ParsedServe {
  const command = serveCommand()
  const text = readArguments(command, argv)
  if (text !== undefined) return { text }
  const options = { ...unset, ...command.opts<ServeOptions>() }
  const asksForNone = options.model.length === 0 && options.embeddings.length === 0
  return { options: asksForNone ? { ...options, model: ["nano"] } : options }
}

function serveCommand(): Command {
  const count = numberArgument({ whole: true, minimum: 1 })
  const command = new Command("npm start -- serve")
    .description("Serves models over HTTP as OpenAI's API does, and the web page.")
    .option("--model <name>", "a folder, a .gguf file or a hub id; may repeat (default: nano)", collect)
    .option("--embeddings <name>", "a CLIP for /v1/embeddings; may repeat", collect)
    .option("--port <number>", "0 for any that is free", numberArgument({ whole: true, minimum: 0, maximum: 65535 }), 0)
    .option("--host <address>", "where to listen; 0.0.0.0 for every network", "127.0.0.1")
    .option("--api-key <key>", "what requests must bear, or LLAVA_API_KEY; may repeat", collect)
    .option("--max-concurrent <count>", "answers of a model at the same time", count)
    .option("--max-queued <count>", "answers that may wait for their turn", numberArgument({ whole: true, minimum: 0 }))
    .option("--max-tokens <count>", "longest answer", count)
    .option("--max-seconds <count>", "longest time for a request", count)
    .option("--temperature <number>", "where a request does not say; OpenAI's is 1", numberArgument({ minimum: 0 }))
    .option("--allow-host <name>", "a name by which the server is called; may repeat", collect)
    .option("--allow-origin <origin>", "whose pages may call the server; may repeat", collect)
    .addOption(
      new Option(
        "--image-urls <which>",
        "addresses of images to fetch (default: public on this machine, else none)",
      ).choices(["none", "public"]),
    )
    .option("--allow-private-urls", "fetch images from any address, this network's own too")
    .option("--no-page", "leave the web page out")
  return addModelOptions(command).showSuggestionAfterError().allowExcessArguments(false).addHelpText("after", examples)
}
