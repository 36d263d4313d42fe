import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process"

/** Runs a command with a pseudo-terminal as its terminal, and hands its keys and screen on. */
const relay = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"

/** Why there can be no pseudo-terminal here; undefined where there can. */
export function noTerminalReason(): string | undefined {
  const { status } = spawnSync("python3", ["-c", "import os, pty; os.waitstatus_to_exitcode"])
  return status === 0 ? undefined : "needs python3 with the module pty, for a pseudo-terminal"
}

/** A program in a pseudo-terminal: type keys, wait for what it shows. */
export class Terminal implements Disposable {
  readonly #child: ChildProcessWithoutNullStreams
  readonly exitCode: Promise<number | null>
  #screen = ""
  #seen = 0
  #changed: () => void = () => undefined

  constructor(command: readonly string[], environment: NodeJS.ProcessEnv) {
    this.#child = spawn("python3", ["-c", relay, ...command], { env: environment, stdio: "pipe" })
    this.#child.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.#screen += text
      this.#changed()
    })
    this.exitCode = new Promise((resolve) => {
      this.#child.once("close", (code) => {
        resolve(code)
        this.#changed()
      })
    })
  }

  /** Everything shown so far. */
  get screen(): string {
    return this.#screen
  }

  type(keys: string): void {
    this.#child.stdin.write(keys)
  }

  /** Waits until `pattern` is shown after what was awaited before; returns the text up to its end. */
  async shows(pattern: RegExp, seconds = 60): Promise<string> {
    const deadline = performance.now() + seconds * 1000
    for (;;) {
      const fresh = this.#screen.slice(this.#seen)
      const match = pattern.exec(fresh)
      if (match) {
        const end = match.index + match[0].length
        this.#seen += end
        return fresh.slice(0, end)
      }
      const left = deadline - performance.now()
      if (left <= 0 || this.#child.exitCode !== null) {
        throw new Error(`${pattern} was not shown; since the last match: ${JSON.stringify(fresh)}`)
      }
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#changed = resolve
      const timer = setTimeout(resolve, left)
      await promise
      clearTimeout(timer)
    }
  }

  [Symbol.dispose](): void {
    // The program sees its terminal vanish.
    if (this.#child.exitCode === null) this.#child.kill("SIGKILL")
  }
}
