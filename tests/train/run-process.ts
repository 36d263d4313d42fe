import { spawn } from "node:child_process"
import { mkdirSync, watch } from "node:fs"
import { setTimeout as delay } from "node:timers/promises"
import { fileURLToPath } from "node:url"

/** When a run is killed: so long after it has done some steps, or while it writes a checkpoint. */
export type KillMoment = { afterSteps: number; milliseconds: number } | { atCheckpoint: number }

export interface RunProcessOptions {
  output: string
  steps: number
  checkpointEvery: number
  /** By SIGKILL. Counted from where the run is taken up. */
  kill?: KillMoment
}

export interface RunProcessResult {
  exit: number | null
  signal: NodeJS.Signals | null
  /** Steps that it told of. */
  steps: number[]
  errors: string
}

/** Runs `run-to-kill.ts` in a process of its own, until its end or its violent death. */
export async function runProcess(options: RunProcessOptions): Promise<RunProcessResult> {
  const { output, steps, checkpointEvery, kill } = options
  const script = fileURLToPath(new URL("run-to-kill.ts", import.meta.url))
  const child = spawn(process.execPath, [
    "--conditions=@llava/source",
    ...[script, output, `${steps}`, `${checkpointEvery}`],
  ])
  const die = () => child.kill("SIGKILL")
  using _ = kill && "atCheckpoint" in kill ? killAtCheckpoint(output, kill.atCheckpoint, die) : undefined
  const done: number[] = []
  let errors = ""
  child.stderr.on("data", (text) => {
    errors += text
  })
  child.stdout.on("data", async (text) => {
    const before = done.length
    done.push(...String(text).trim().split("\n").map(Number))
    if (!kill || "atCheckpoint" in kill || before >= kill.afterSteps || done.length < kill.afterSteps) return
    await delay(kill.milliseconds)
    die()
  })
  const [exit, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) =>
    child.on("close", (code, name) => resolve([code, name])),
  )
  return { exit, signal, steps: done, errors }
}

/** Kills once the file of a checkpoint, which bears another name until it is whole, has begun to be written. */
function killAtCheckpoint(output: string, number: number, die: () => void): Disposable {
  const folder = `${output}/checkpoints`
  mkdirSync(folder, { recursive: true })
  const begun = new Set<string>()
  const watcher = watch(folder, { recursive: true }, (_, name) => {
    if (!name?.endsWith(".partial")) return
    begun.add(name)
    if (begun.size >= number) die()
  })
  return { [Symbol.dispose]: () => watcher.close() }
}
