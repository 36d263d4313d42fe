import { mkdirSync, writeFileSync } from "node:fs"
import { join, relative } from "node:path"
import { home, root } from "./project.mjs"
import { Refusal } from "./refusal.mjs"
import { runQuietly } from "./run-quietly.mjs"

const unreachable =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT)\b|error sending request|dns error|tunneling socket/i

/**
 * Runs one step of the preparation; where it fails, says why in a sentence and keeps the whole log in a file.
 *
 * @param {string} name for the log file
 * @param {readonly string[]} command
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<string>} standard output
 * @throws {Refusal}
 */
export async function runStep(name, command, options) {
  const { code, stdout, stderr } = await runQuietly(command, options).catch((/** @type {Error} */ error) => {
    throw new Refusal(`cannot run ${command[0]} (${error.message}); is it installed?`)
  })
  if (code === 0) return stdout
  const log = `${stdout}\n${stderr}`
  const file = join(home, "log", `${name}.log`)
  mkdirSync(join(home, "log"), { recursive: true })
  writeFileSync(file, log)
  const network = unreachable.exec(log)
  if (network !== null) {
    throw new Refusal(
      `the package registry cannot be reached (${network[0]}); the first start downloads what it needs, with npm's own registry and proxy settings: connect to the network and run the same command again.`,
    )
  }
  if (/\bENOSPC\b/.test(log)) throw new Refusal(`the disk is full (step "${name}"); free some space and run it again.`)
  if (/ERR_PNPM_OUTDATED_LOCKFILE/.test(log)) {
    throw new Refusal(`pnpm-lock.yaml does not fit the package.json files; run "pnpm install" and commit it (${file}).`)
  }
  const reason = log.split("\n").findLast((line) => /error|failed|\bERR/i.test(line))
  throw new Refusal(
    `the step "${name}" failed${reason ? ` (${reason.trim()})` : ""}; its log is ${relative(root, file)}.`,
  )
}
