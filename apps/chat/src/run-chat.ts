import { checkAdapter, describeError } from "@llava/app-common"
import { answerLines } from "./answer/answer-lines.ts"
import { answerPrompt } from "./answer/answer-prompt.ts"
import { readPrompt, readPromptLines } from "./answer/read-prompts.ts"
import { ChatError } from "./chat-error.ts"
import type { ChatOptions } from "./command-line/chat-options.ts"
import { chooseMode } from "./command-line/choose-mode.ts"
import { parseCommandLine } from "./command-line/parse-command-line.ts"
import { converse } from "./interactive/converse.ts"
import { type AnswerOutput, ReaderLeft } from "./output/answer-output.ts"
import { tell } from "./output/tell.ts"
import { openPage } from "./serve/open-page.ts"
import { parseServe } from "./serve/parse-serve.ts"
import { runServe } from "./serve/run-serve.ts"
import { nanoSamples } from "./setup/nano-samples.ts"
import { openSession } from "./setup/open-session.ts"

/** Put to nano by who asks nothing. */
const SAMPLE_QUESTION = "What is in this picture?"

/**
 * The program, from its arguments to its exit code: 0, or 1 after one message on standard error. `pageFolder` is where
 * the web page lies once it is built.
 */
export async function runChat(argv: readonly string[], output: AnswerOutput, pageFolder: string): Promise<number> {
  process.stderr.on("error", () => undefined)
  try {
    if (argv[0] === "serve") {
      await serve(argv.slice(1), output, pageFolder)
      return 0
    }
    const { options, text } = parseCommandLine(argv)
    if (options) await chat(options, output, pageFolder)
    else await output.write(text)
    return 0
  } catch (error) {
    if (error instanceof ReaderLeft) return 0
    tell(describeError(error, argv.includes("--verbose")))
    return 1
  }
}

async function serve(argv: readonly string[], output: AnswerOutput, pageFolder: string): Promise<void> {
  const { options, text } = parseServe(argv)
  if (!options) return output.write(text)
  await runServe(options, { pageFolder, announce: (url) => output.write(`${url}\n`) })
}

async function chat(options: ChatOptions, output: AnswerOutput, pageFolder: string): Promise<void> {
  checkAdapter(options.adapter, process.env["LLAVA_ADAPTER_KIND"], "npm start")
  const mode = chooseMode(options, { input: process.stdin.isTTY === true, output: output.isTerminal })
  const given = options.prompt ?? (mode === "standard-input" ? await readStandardInput() : "")
  if (mode === "standard-input" && given === "" && options.model !== undefined) {
    throw new ChatError("There is no prompt: standard input is empty.", {
      code: "prompt-missing",
      fix: "Add --prompt, or pipe the prompt in.",
    })
  }
  const asksNothing = options.model === undefined && options.image.length === 0 && mode === "conversation"
  await using serving = asksNothing ? await openPage(options, pageFolder) : undefined
  const prompt = given === "" ? SAMPLE_QUESTION : given
  const { model, image } =
    options.model === undefined ? await nanoDefaults(options) : { ...options, model: options.model }
  const served = serving && (() => serving.llavas.get(model)!)
  const session = await openSession(model, { ...options, image }, served)
  const dumb = process.env["TERM"] === "dumb"
  try {
    if (mode === "conversation") await converse(session, { output, dumb, verbose: options.verbose })
    else if (mode === "lines") await answerLines(session, readPromptLines(process.stdin), output)
    else await answerPrompt(session, prompt, output)
  } finally {
    // A reader may leave in the middle of a step; SwiftShader crashes where the process ends while it computes.
    await session.model.device.synchronize().catch(() => undefined)
  }
}

function readStandardInput(): Promise<string> {
  if (process.stdin.isTTY) tell("type the prompt; Ctrl-D on an empty line ends it.")
  return readPrompt(process.stdin)
}

/** Who names no model talks with nano, which is here already; who shows it nothing, about a picture of its world. */
async function nanoDefaults({ image }: ChatOptions): Promise<{ model: string; image: string[] }> {
  if (image.length > 0) return { model: "nano", image }
  const [first, ...others] = await nanoSamples()
  tell(`the picture is ${first}; ${others.length} others lie beside it. --image shows nano another.`)
  return { model: "nano", image: [first!] }
}
