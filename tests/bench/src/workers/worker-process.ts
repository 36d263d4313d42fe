import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import { setTimeout as sleep } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import type { ContestantName } from "../contestants/contestant-names.ts"
import type { Work } from "../plan/work.ts"
import type { Measurement, PreparedWork, Worker } from "../run/worker.ts"
import type { Reply, Request } from "./messages.ts"

const PATIENCE_MINUTES = 15

type ReplyOf<Type extends Reply["type"]> = Extract<Reply, { type: Type }>

/**
 * A contestant in its own process: two Dawns do not share one, and a crash ends only one of them. It stands still out of its
 * turn, where the system can do that: idle libraries poll, which others would pay for.
 */
export class WorkerProcess implements Worker {
  readonly version: string
  readonly adapter: string | undefined
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, { version, adapter }: ReplyOf<"open">) {
    this.#child = child
    this.version = version
    this.adapter = adapter
    // A process that stands still does not hear of the end of this one.
    const end = () => child.kill("SIGKILL")
    process.once("exit", end)
    child.once("exit", () => process.off("exit", end))
    this.#stand()
  }

  static async start(name: ContestantName): Promise<WorkerProcess> {
    const child = fork(fileURLToPath(new URL("./worker.ts", import.meta.url)), [name], {
      execArgv: ["--conditions=@llava/source", "--no-warnings", "--max-old-space-size=8192"],
      serialization: "advanced",
      // What the libraries say would mix with the table.
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    })
    try {
      return new WorkerProcess(child, await replyOf(child, "open"))
    } catch (error) {
      child.kill("SIGKILL")
      throw error
    }
  }

  prepare(work: Work): Promise<PreparedWork> {
    return this.#ask({ type: "prepare", work }, "prepared")
  }

  measure(repeats: number): Promise<Measurement> {
    return this.#ask({ type: "measure", repeats }, "measured")
  }

  async release(): Promise<void> {
    await this.#ask({ type: "release" }, "released")
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const exited = once(this.#child, "exit")
    this.#child.kill("SIGKILL")
    await exited
  }

  async #ask<Type extends Reply["type"]>(request: Request, type: Type): Promise<ReplyOf<Type>> {
    if (canStand) this.#child.kill("SIGCONT")
    const answer = replyOf(this.#child, type)
    this.#child.send(request)
    try {
      return await answer
    } finally {
      this.#stand()
    }
  }

  #stand(): void {
    if (canStand) this.#child.kill("SIGSTOP")
  }
}

const canStand = process.platform !== "win32"

/** The next reply; throws what failed, how the process ended, or that it says nothing. */
async function replyOf<Type extends Reply["type"]>(child: ChildProcess, _type: Type): Promise<ReplyOf<Type>> {
  let complaints = ""
  const listen = (chunk: Buffer) => {
    complaints = (complaints + chunk).slice(-2000)
  }
  child.stderr?.on("data", listen)
  const settled = new AbortController()
  const { signal } = settled
  try {
    const reply = await Promise.race([
      once(child, "message", { signal }).then(([message]) => message as Reply),
      once(child, "exit", { signal }).then(([code, killed]) => {
        const last = complaints.trim().split("\n").at(-1) ?? ""
        throw new Error(`its process ended (${killed ?? code}) ${last}`.trim())
      }),
      sleep(PATIENCE_MINUTES * 60_000, undefined, { signal }).then(() => {
        throw new Error(`no answer within ${PATIENCE_MINUTES} minutes`)
      }),
    ])
    if (reply.type === "failed") throw new Error(reply.message)
    return reply as ReplyOf<Type>
  } finally {
    settled.abort()
    child.stderr?.off("data", listen)
  }
}
