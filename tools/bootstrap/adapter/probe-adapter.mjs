import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { home, root } from "../project.mjs"
import { runQuietly } from "../run-quietly.mjs"

/** A driver that has not answered by then is passed over. */
const timeoutMs = 60_000

/**
 * @typedef {object} Found
 * @property {true} found
 * @property {{ vendor: string, architecture: string, device: string, description: string, software: boolean, subgroupMinSize: number, subgroupMaxSize: number }} info
 * @property {string[]} features
 * @property {Record<string, number>} limits
 * @property {number} firstKernelMs milliseconds, compilation included
 * @property {number} nextKernelMs milliseconds, the same kernel once more
 *
 * @typedef {{ found: false, reason: string }} NotFound
 * @typedef {Readonly<Record<string, string>>} Variables the environment variables that select a driver
 */

/**
 * Asks Dawn, in a process with the given variables, for its adapter, and runs a small kernel on it.
 *
 * @param {string} node Node 24
 * @param {Variables} variables
 * @returns {Promise<Found | NotFound>}
 */
export async function probeAdapter(node, variables) {
  const script = fileURLToPath(new URL("./probe.mjs", import.meta.url))
  const command = [node, script, join(root, "packages/tensor")]
  const env = { ...process.env, ...runtimeFolder(), ...variables }
  const { code, stdout, stderr } = await runQuietly(command, { cwd: root, env, timeoutMs })
  const line = stdout.trim().split("\n").pop() ?? ""
  if (code === 0 && line.startsWith("{")) return JSON.parse(line)
  if (code === null) return { found: false, reason: "its driver crashed or did not answer within a minute" }
  return { found: false, reason: stderr.trim().split("\n").pop() || `its probe ended with code ${code}` }
}

/**
 * Mesa wants a private folder at run time; where the session has none, ours.
 *
 * @returns {Variables}
 */
export function runtimeFolder() {
  if (process.platform !== "linux" || process.env["XDG_RUNTIME_DIR"]) return {}
  const folder = join(home, "runtime")
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return { XDG_RUNTIME_DIR: folder }
}
