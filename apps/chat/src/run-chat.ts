import { checkAdapter, describeError } from "@llava/app-common"
import { answerLines } from "./answer/answer-lines.ts"
import { answerPrompt } from "./answer/answer-prompt.ts"
import { readPrompt, readPromptLines } from "./answer/read-prompts.ts"
import { ChatError } from "./chat-error.ts"
import type { ChatOptions } from "./command-line/chat-options.ts"
import { type ChatMode, chooseMode } from "./command-line/choose-mode.ts"
import { instructions } from "./command-line/instructions.ts"
import { parseCommandLine } from "./command-line/parse-command-line.ts"
import { converse } from "./interactive/converse.ts"
import { type AnswerOutput, ReaderLeft } from "./output/answer-output.ts"
import { tell } from "./output/tell.ts"
import { parseServe } from "./serve/parse-serve.ts"
import { runServe } from "./serve/run-serve.ts"
import { openSession } from "./setup/open-session.ts"

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
    if (options) await chat(options, output)
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

async function chat(options: ChatOptions, output: AnswerOutput): Promise<void> {
  checkAdapter(options.adapter, process.env["LLAVA_ADAPTER_KIND"], "npm start")
  const mode = chooseMode(options, { input: process.stdin.isTTY === true, output: output.isTerminal })
  const prompt = options.prompt ?? (mode === "standard-input" ? await readStandardInput() : "")
  if (options.model === undefined) return explain(options, mode, prompt, output)
  if (mode === "standard-input" && prompt === "") {
    throw new ChatError("There is no prompt: standard input is empty.", {
      code: "prompt-missing",
      fix: "Add --prompt, or pipe the prompt in.",
    })
  }
  const session = await openSession(options.model, options)
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

/** Without a model: somebody who asks for nothing is told what there is to do; a question cannot be answered. */
async function explain(options: ChatOptions, mode: ChatMode, prompt: string, output: AnswerOutput): Promise<void> {
  const asksNothing = mode === "conversation" || (mode === "standard-input" && prompt === "")
  if (asksNothing && options.image.length === 0) return output.write(instructions)
  throw new ChatError("No model is named.", {
    code: "model-missing",
    fix: "Add --model with a folder, a .gguf file or a hub id, such as --model HuggingFaceTB/SmolLM2-135M-Instruct.",
  })
}
