import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"

/** The chat as `npm start` runs it, from its source. */
export const chatCommand: readonly [string, ...string[]] = [
  process.execPath,
  "--conditions=@llava/source",
  fileURLToPath(new URL("../../apps/chat/src/main.ts", import.meta.url)),
]

/** The tests' environment, without what `npm start` itself says and what leads to the user's own downloads. */
export function chatEnvironment(): NodeJS.ProcessEnv {
  const { LLAVA_ADAPTER_KIND: _, ...environment } = process.env
  return { ...environment, HF_HUB_OFFLINE: "1" }
}

export interface ChatRun {
  code: number | null
  stdout: string
  stderr: string
  /** What the program itself said on standard error; Dawn adds warnings. */
  messages: string[]
}

export interface ChatRunOptions {
  /** Standard input; none by default. */
  input?: string | Uint8Array
  cwd?: string
  environment?: NodeJS.ProcessEnv
  /** Close our end of its standard output after the first bytes. */
  readsOnlyStart?: boolean
}

/** Runs the chat to its end. */
export async function runChat(args: readonly string[], options: ChatRunOptions = {}): Promise<ChatRun> {
  const [program, ...before] = chatCommand
  const child = spawn(program, [...before, ...args], {
    cwd: options.cwd,
    env: { ...chatEnvironment(), ...options.environment },
    stdio: "pipe",
  })
  let stdout = ""
  let stderr = ""
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text
    if (options.readsOnlyStart) child.stdout.destroy()
  })
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text
  })
  // A program that does not read its input may end first.
  child.stdin.on("error", () => undefined)
  child.stdin.end(options.input)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject)
    child.once("close", resolve)
  })
  const messages = stderr.split("\n").filter((line) => line.startsWith("llava: "))
  return { code, stdout, stderr, messages }
}
