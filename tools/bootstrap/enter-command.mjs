import { existsSync } from "node:fs"
import { join } from "node:path"
import { findAdapter, keptAdapter } from "./adapter/find-adapter.mjs"
import { build, isBuilt } from "./build.mjs"
import { install, isInstalled } from "./install.mjs"
import { withLock } from "./lock.mjs"
import { home, root } from "./project.mjs"
import { runProgram } from "./run-program.mjs"
import { say } from "./say.mjs"
import { prepareToolchain, presentToolchain } from "./toolchain.mjs"

/** Asked for these, a program only prints text: it shall do so without an adapter too. */
const textOnly = ["--help", "-h", "--version"]

/**
 * Prepares what a command needs (leaving out what is up to date), finds the adapter and runs the program. Ends the process
 * with the program's exit code or signal.
 *
 * @param {import("./commands.mjs").Command} command
 * @param {ReturnType<typeof import("./read-options.mjs").readOptions>} options
 */
export async function enterCommand(command, { args, adapter, source }) {
  const { scope, builds = false, findsAdapter = false, usesAdapter = () => true } = command
  const ready = () => isInstalled(scope) && (!builds || isBuilt())
  let toolchain = presentToolchain()
  if (toolchain === undefined || !ready()) {
    toolchain = await withLock(home, async () => {
      const prepared = await prepareToolchain()
      if (!isInstalled(scope)) await install(scope, prepared)
      if (builds && !isBuilt()) await build(prepared)
      return prepared
    })
  }
  const { node, path } = toolchain
  const fromSource = command.program.endsWith(".ts") ? ["--conditions=@llava/source"] : []
  const handedOn = findsAdapter && adapter !== undefined && source === "--adapter" ? ["--adapter", adapter] : []
  const program = [...fromSource, join(root, command.program), ...(command.args ?? []), ...handedOn]
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, PATH: path, ...(adapter === undefined ? {} : { LLAVA_ADAPTER: adapter }) }
  if (!findsAdapter && usesAdapter(args) && !args.some((arg) => textOnly.includes(arg))) {
    const request = { adapter, source }
    const choice = keptAdapter(request) ?? (await withLock(home, () => findAdapter(node, request)))
    say(`adapter: ${choice.kind} (${choice.name}), because ${choice.reason}.`)
    Object.assign(env, choice.variables, {
      LLAVA_ADAPTER_KIND: choice.kind,
      LLAVA_ADAPTER_NAME: choice.name,
      LLAVA_ADAPTER_REASON: choice.reason,
    })
  }
  const caller = process.env["INIT_CWD"]
  const cwd = command.folder === "caller" && caller !== undefined && existsSync(caller) ? caller : process.cwd()
  await runProgram([node, ...program, ...args], { cwd: command.folder === "root" ? root : cwd, env })
}
