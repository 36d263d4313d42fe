import { describeError } from "@llava/app-common"
import { TensorError } from "@llava/tensor"
import { type AnswerOutput, ReaderLeft } from "../output/answer-output.ts"
import type { ChatSession } from "../setup/chat-session.ts"
import { answerTurn } from "./answer-turn.ts"
import { attachImage } from "./attach-image.ts"
import { Conversation } from "./conversation.ts"
import { help } from "./help.ts"
import { LineReader } from "./line-reader.ts"
import { parseInput } from "./parse-input.ts"

export interface ConverseOptions {
  output: AnswerOutput
  /** A terminal without cursor movement (TERM=dumb). */
  dumb: boolean
  verbose: boolean
}

/** A conversation in the terminal, until Ctrl-D or /quit. What goes wrong in a turn is said and does not end it. */
export async function converse(session: ChatSession, { output, dumb, verbose }: ConverseOptions): Promise<void> {
  const conversation = new Conversation(session.images)
  let turn = new AbortController()
  let warned = false
  using reader = new LineReader({
    input: process.stdin,
    output: process.stdout,
    dumb,
    prompt: "> ",
    onInterrupt(text) {
      if (text === undefined) return turn.abort()
      const isEmpty = text === ""
      if (isEmpty && warned) return reader.close()
      warned = isEmpty
      reader.restart(isEmpty ? "Ctrl-C again or Ctrl-D leaves; /help shows what else there is.\n" : "")
    },
  })
  await output.write("/image PATH attaches a picture, /help shows all commands, Ctrl-D leaves.\n")
  for (;;) {
    turn = new AbortController()
    const line = await reader.next()
    if (line === undefined) return
    warned = false
    try {
      const reply = await respond(session, conversation, line, output, turn.signal)
      if (reply === "quit") return
    } catch (error) {
      // With a lost GPU every further turn would fail as well, unless the model is opened again.
      if (error instanceof ReaderLeft || (isDeviceLost(error) && !session.isServed)) throw error
      await output.write(`${turn.signal.aborted ? "(stopped)" : describeError(error, verbose)}\n`)
    }
  }
}

async function respond(
  session: ChatSession,
  conversation: Conversation,
  line: string,
  output: AnswerOutput,
  signal: AbortSignal,
): Promise<"quit" | undefined> {
  const input = parseInput(line)
  switch (input.kind) {
    case "quit":
      return "quit"
    case "help":
      await output.write(help)
      return undefined
    case "reset":
      conversation.reset()
      await output.write("The conversation starts anew.\n")
      return undefined
    case "image":
      await output.write(`${await attachImage(session.model, conversation, input.path, signal)}\n`)
      return undefined
    case "unknown":
      await output.write(`There is no command ${input.command}; /help shows those there are.\n`)
      return undefined
    case "message":
      if (input.text !== "") await answerTurn(session, conversation, input.text, output, signal)
      return undefined
  }
}

function isDeviceLost(error: unknown): boolean {
  return TensorError.isInstance(error) && error.code === "device-lost"
}
