import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import { chatEnvironment } from "./chat-process.ts"

const program = fileURLToPath(new URL("../../apps/trainer/src/main.ts", import.meta.url))

export interface TrainerRun {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  /** What the program itself said on standard error; Dawn adds warnings. */
  messages: string[]
}

/** The trainer as `npm run train` runs it, from its source. */
export function startTrainer(args: readonly string[]): { child: ChildProcess; ended: Promise<TrainerRun> } {
  const child = spawn(process.execPath, ["--conditions=@llava/source", program, ...args], {
    env: chatEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
  })
  let stdout = ""
  let stderr = ""
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text
  })
  const ended = once(child, "close").then(([code, signal]) => {
    const messages = stderr.split("\n").filter((line) => line.startsWith("llava: "))
    return { code, signal, stdout, messages }
  })
  return { child, ended }
}

export function runTrainer(args: readonly string[]): Promise<TrainerRun> {
  return startTrainer(args).ended
}
