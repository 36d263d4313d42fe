import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import { chatEnvironment } from "./chat-process.ts"

const program = fileURLToPath(new URL("../../apps/eval/src/main.ts", import.meta.url))

export interface EvalRun {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  /** What the program itself said on standard error; Dawn adds warnings. */
  messages: string[]
}

/** The evaluation as `npm run eval` runs it, from its source. */
export function startEval(args: readonly string[]): { child: ChildProcess; ended: Promise<EvalRun> } {
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
    const messages = stderr.split("\n").filter((line) => line.startsWith("eval: "))
    return { code, signal, stdout, messages }
  })
  return { child, ended }
}

export function runEval(args: readonly string[]): Promise<EvalRun> {
  return startEval(args).ended
}
