import type { Writable } from "node:stream"
import { visibleText } from "@llava/app-common"
import { ChatError } from "../chat-error.ts"

/** The reader of our standard output went away (`… | head`). Nobody is left to tell. */
export class ReaderLeft extends Error {}

/** Standard output: waits for slow readers, and fails with a typed error where a write does. */
export class AnswerOutput {
  readonly stream: Writable
  readonly isTerminal: boolean

  constructor(stream: Writable & { isTTY?: boolean }) {
    this.stream = stream
    this.isTerminal = stream.isTTY === true
    // Each write reports its own failure; without a listener the event would end the process.
    stream.on("error", () => undefined)
  }

  /** Errors: ReaderLeft, ChatError "output". */
  write(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.stream.write(this.isTerminal ? visibleText(text) : text, (error) =>
        error ? reject(outputError(error)) : resolve(),
      )
    })
  }

  /** Waits until everything written has left the process; says nothing of failures, which `write` reported. */
  async flush(): Promise<void> {
    await this.write("").catch(() => undefined)
  }
}

function outputError(error: Error): Error {
  const code = "code" in error ? error.code : undefined
  if (code === "EPIPE" || code === "ERR_STREAM_DESTROYED") return new ReaderLeft()
  return new ChatError(`The answer cannot be written to standard output: ${error.message}.`, {
    code: "output",
    fix: "Check the file or disk it goes to.",
    cause: error,
  })
}
