import { spawn } from "node:child_process"

/** @type {readonly NodeJS.Signals[]} */
const forwarded = ["SIGTERM", "SIGHUP", "SIGINT"]

/**
 * Runs the program in this one's place: same terminal, same streams, signals passed on, and its exit code (or signal)
 * becomes ours. Ctrl-C at a terminal reaches the program by itself, so we only have to outlive it.
 *
 * @param {readonly string[]} command
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 */
export async function runProgram([program = "", ...args], { cwd, env }) {
  const child = spawn(program, args, { cwd, env, stdio: "inherit" })
  const fromTerminal = process.stdin.isTTY === true
  for (const signal of forwarded) {
    process.on(signal, () => {
      if (signal !== "SIGINT" || !fromTerminal) child.kill(signal)
    })
  }
  const [code, signal] = await new Promise((resolve, reject) => {
    child.once("error", reject)
    child.once("close", (...ending) => resolve(ending))
  })
  for (const name of forwarded) process.removeAllListeners(name)
  if (signal !== null) process.kill(process.pid, signal)
  else process.exitCode = code
}
