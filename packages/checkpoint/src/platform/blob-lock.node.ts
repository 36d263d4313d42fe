import { randomUUID } from "node:crypto"
import { mkdir, open, readFile, rm, stat, utimes } from "node:fs/promises"
import { hostname } from "node:os"
import { dirname } from "node:path"
import { z } from "zod"
import { delay } from "../hub/delay.ts"
import { fileSystemError } from "./file-system-error.node.ts"

const ownerSchema = z.object({ id: z.string(), process: z.number(), host: z.string() })
const pollInterval = 200
const heartbeatInterval = 5_000
const staleAfter = 30_000

/**
 * One download of a blob at a time, over all processes that share the cache: a file that exists while its owner lives.
 * It saves bandwidth only; correctness rests on positional writes, the digest and the rename.
 */
export class BlobLock implements AsyncDisposable {
  readonly #path: string
  readonly #id: string
  readonly #heartbeat: ReturnType<typeof setInterval>

  private constructor(path: string, id: string) {
    this.#path = path
    this.#id = id
    this.#heartbeat = setInterval(() => {
      const now = new Date()
      // Losing the lock is harmless (see above), so a failed sign of life is not an error.
      utimes(path, now, now).catch(() => undefined)
    }, heartbeatInterval)
    this.#heartbeat.unref()
  }

  /** Waits until the lock is free or its owner is gone; rejects with the signal's reason when aborted. */
  static async acquire(path: string, signal: AbortSignal): Promise<BlobLock> {
    const owner = { id: randomUUID(), process: process.pid, host: hostname() }
    try {
      await mkdir(dirname(path), { recursive: true })
      while (true) {
        signal.throwIfAborted()
        if (await tryCreate(path, JSON.stringify(owner))) return new BlobLock(path, owner.id)
        if (await isAbandoned(path)) await rm(path, { force: true })
        else await delay(pollInterval, signal)
      }
    } catch (error) {
      throw fileSystemError(error, path)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#heartbeat)
    const owner = await readOwner(this.#path)
    if (owner?.id === this.#id) await rm(this.#path, { force: true })
  }
}

async function tryCreate(path: string, text: string): Promise<boolean> {
  try {
    await using file = await open(path, "wx", 0o666)
    await file.writeFile(text)
    return true
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false
    throw error
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  const modified = await stat(path).then(
    (found) => found.mtimeMs,
    () => undefined,
  )
  if (modified === undefined) return false
  if (Date.now() - modified > staleAfter) return true
  const owner = await readOwner(path)
  return owner !== undefined && owner.host === hostname() && !isAlive(owner.process)
}

async function readOwner(path: string): Promise<z.infer<typeof ownerSchema> | undefined> {
  try {
    return ownerSchema.parse(JSON.parse(await readFile(path, "utf8")))
  } catch {
    // Absent, or its owner is just writing it: the age of the file decides.
    return undefined
  }
}

function isAlive(processId: number): boolean {
  try {
    // Signal 0 only asks whether the process exists.
    process.kill(processId, 0)
    return true
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM"
  }
}
