import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import { chatEnvironment } from "./chat-process.ts"

export interface AppRun {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  /** What the program itself said on standard error; Dawn adds warnings. */
  messages: string[]
}

/** An app of the folder `apps` as its command runs it, from its source. `speaks` begins each line that it says. */
export function startApp(
  app: string,
  speaks: readonly string[],
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): { child: ChildProcess; ended: Promise<AppRun> } {
  const program = fileURLToPath(new URL(`../../apps/${app}/src/main.ts`, import.meta.url))
  const child = spawn(process.execPath, ["--conditions=@llava/source", program, ...args], {
    env: { ...chatEnvironment(), ...environment },
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
    const messages = stderr.split("\n").filter((line) => speaks.some((name) => line.startsWith(`${name}: `)))
    return { code, signal, stdout, messages }
  })
  return { child, ended }
}
