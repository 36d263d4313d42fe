import type { Terminal } from "./terminal.ts"

/** The terminal of this process. The first Ctrl-C aborts the signal, the second ends the process. */
export function processTerminal(): Terminal {
  const { stdout, stderr } = process
  const controller = new AbortController()
  process.once("SIGINT", () => controller.abort(new Error("Interrupted.")))
  const clear = () => {
    if (stderr.isTTY) stderr.write("\r\u001B[K")
  }
  return {
    environment: process.env,
    print: (line) => {
      clear()
      stdout.write(`${line}\n`)
    },
    note: (line) => {
      clear()
      stderr.write(`${line}\n`)
    },
    progress: (line) => {
      clear()
      if (stderr.isTTY) stderr.write(line)
    },
    columns: stderr.isTTY ? stderr.columns : 0,
    signal: controller.signal,
    exitCode: 0,
  }
}
