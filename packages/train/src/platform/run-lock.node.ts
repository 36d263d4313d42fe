import { randomUUID } from "node:crypto"
import { mkdir, open, readFile, rename, rm, stat, utimes } from "node:fs/promises"
import { hostname } from "node:os"
import { z } from "zod"
import { TrainError } from "../train-error.ts"

const ownerSchema = z.object({ id: z.string(), process: z.number(), host: z.string() })
type Owner = z.infer<typeof ownerSchema>

const HEARTBEAT_MILLISECONDS = 20_000
/** Without a sign of life for so long a process is taken for dead, even if another one now has its number. */
const STALE_MILLISECONDS = 5 * 60_000

/** Locks of this process, by id: a file with its number and another id was left by an earlier process of that number. */
const held = new Set<string>()

/**
 * Makes the folder of a run and holds it for this process: the file `OUTPUT/.lock`, which exists while its owner lives. One that was
 * left by a process that was killed is taken over. Errors: TrainError "output-in-use".
 */
export async function lockRun(output: string): Promise<AsyncDisposable> {
  const path = `${output}/.lock`
  const owner: Owner = { id: randomUUID(), process: process.pid, host: hostname() }
  await mkdir(output, { recursive: true })
  await acquire(path, owner, output)
  const heartbeat = setInterval(() => {
    const now = new Date()
    // A missing sign of life matters after minutes alone.
    utimes(path, now, now).catch(() => undefined)
  }, HEARTBEAT_MILLISECONDS)
  heartbeat.unref()
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(heartbeat)
      await release(path, owner)
    },
  }
}

async function acquire(path: string, owner: Owner, output: string): Promise<void> {
  // Before the file exists: others of this process judge it by this.
  held.add(owner.id)
  try {
    while (!(await create(path, owner)) && !(await replaceStale(path, owner, output)));
  } catch (error) {
    held.delete(owner.id)
    throw error
  }
}

async function release(path: string, owner: Owner): Promise<void> {
  held.delete(owner.id)
  if ((await readOwner(path))?.id === owner.id) await rm(path, { force: true })
}

/**
 * Puts this owner in the place of one that is gone, which only the holder of a second lock may do: between the look at the old one and
 * its replacement nobody else may have come in. False where the file is gone. Errors: TrainError "output-in-use".
 */
async function replaceStale(path: string, owner: Owner, output: string): Promise<boolean> {
  await refuseIfAlive(path, output)
  const turn = `${path}.takeover`
  const mover: Owner = { ...owner, id: randomUUID() }
  await acquire(turn, mover, output)
  const aside = `${path}.${owner.id}`
  try {
    if ((await ageOf(path)) === undefined) return false
    await refuseIfAlive(path, output)
    await create(aside, owner)
    await rename(aside, path)
    return true
  } finally {
    await rm(aside, { force: true })
    await release(turn, mover)
  }
}

async function refuseIfAlive(path: string, output: string): Promise<void> {
  const other = await readOwner(path)
  if (await isAlive(path, other)) throw inUse(output, path, other)
}

async function create(path: string, owner: Owner): Promise<boolean> {
  try {
    await using file = await open(path, "wx")
    await file.writeFile(JSON.stringify(owner))
    return true
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false
    throw error
  }
}

/** Undefined for a file that is gone, or is just being written. */
async function readOwner(path: string): Promise<Owner | undefined> {
  try {
    return ownerSchema.parse(JSON.parse(await readFile(path, "utf8")))
  } catch {
    return undefined
  }
}

/** Milliseconds since the last sign of life; undefined for a file that is gone. */
function ageOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => undefined,
  )
}

async function isAlive(path: string, owner: Owner | undefined): Promise<boolean> {
  const age = await ageOf(path)
  if (age === undefined || age > STALE_MILLISECONDS) return false
  // Nobody takes seconds to write so little: a process was killed meanwhile.
  if (!owner) return age < 5_000
  if (owner.host !== hostname()) return true
  return owner.process === process.pid ? held.has(owner.id) : exists(owner.process)
}

function exists(processId: number): boolean {
  try {
    // Signal 0 only asks whether the process exists.
    process.kill(processId, 0)
    return true
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM"
  }
}

function inUse(output: string, path: string, owner: Owner | undefined): TrainError {
  const who = owner ? `process ${owner.process} on ${owner.host}` : "another process"
  return new TrainError(`${output} is in use: ${who} trains there.`, {
    code: "output-in-use",
    fix: `Wait for it, or use another output folder; if it is gone for certain, remove ${path}.`,
  })
}
