import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs"
import { delimiter, dirname, join } from "node:path"
import { npmCommand } from "./npm-command.mjs"
import { nodePackageFor, runsOnMusl } from "./platform.mjs"
import { home, readManifest, root } from "./project.mjs"
import { Refusal } from "./refusal.mjs"
import { runQuietly } from "./run-quietly.mjs"
import { runStep } from "./run-step.mjs"
import { say } from "./say.mjs"

/** @typedef {{ node: string, pnpm: string, path: string }} Toolchain the two programs, and a PATH that finds them first */

const exe = process.platform === "win32" ? ".exe" : ""
const wantedNode = 24

/**
 * Says where Node 24 and the pinned pnpm are, or undefined where one of them has yet to be fetched. Looks at files only.
 *
 * @returns {Toolchain | undefined}
 */
export function presentToolchain() {
  const node = runsWantedNode() ? process.execPath : fetchedNode()
  const pnpm = fetchedPnpm()
  return existsSync(node) && existsSync(pnpm) ? toolchainOf(node, pnpm) : undefined
}

/**
 * Fetches what is missing of Node 24 and the pinned pnpm into `.llava/tools`, through npm.
 *
 * @returns {Promise<Toolchain>}
 * @throws {Refusal} where the platform is not supported or the registry cannot be reached
 */
export async function prepareToolchain() {
  const present = presentToolchain()
  if (present !== undefined) return present
  const { platform, arch } = process
  const nodePackage = nodePackageFor({ platform, arch, musl: runsOnMusl() })
  const fetches = []
  if (!runsWantedNode() && !existsSync(fetchedNode())) {
    if (nodePackage === undefined) {
      throw new Refusal(
        `this Node is ${process.version} and none is packaged for ${platform}-${arch}; install Node 24.`,
      )
    }
    say(`getting Node ${nodePackage.version} (found ${process.version}) ...`)
    fetches.push(fetchPackage(`${nodePackage.name}@${nodePackage.version}`, nodeFolder()))
  }
  if (!existsSync(fetchedPnpm())) {
    say(`getting pnpm ${pnpmVersion()} ...`)
    fetches.push(fetchPackage(`@pnpm/exe.${platform}-${arch}@${pnpmVersion()}`, pnpmFolder()))
  }
  // Both have ended before one's failure is told: nothing writes any more when the lock is given up.
  const failure = (await Promise.allSettled(fetches)).find((fetch) => fetch.status === "rejected")
  if (failure?.status === "rejected") throw failure.reason
  const toolchain = toolchainOf(runsWantedNode() ? process.execPath : fetchedNode(), fetchedPnpm())
  const { code, stderr } = await runQuietly([toolchain.node, "--version"], { cwd: root, env: process.env })
  if (code !== 0) throw new Refusal(`Node ${wantedNode} does not run on this system (${stderr.trim().split("\n")[0]}).`)
  return toolchain
}

function runsWantedNode() {
  return Number(process.versions.node.split(".")[0]) >= wantedNode
}

/**
 * @param {string} node
 * @param {string} pnpm
 */
function toolchainOf(node, pnpm) {
  const folders = [
    dirname(node),
    dirname(pnpm),
    join(root, "node_modules/.bin"),
    join(root, "tools/build/node_modules/.bin"),
  ]
  return { node, pnpm, path: [...folders, process.env["PATH"] ?? ""].join(delimiter) }
}

const nodeFolder = () => join(home, "tools", `node-${wantedNode}`)
const pnpmFolder = () => join(home, "tools", `pnpm-${pnpmVersion()}`)
const fetchedPnpm = () => join(pnpmFolder(), `node_modules/@pnpm/exe.${process.platform}-${process.arch}`, `pnpm${exe}`)

function fetchedNode() {
  const nodePackage = nodePackageFor({ platform: process.platform, arch: process.arch, musl: false })
  return join(nodeFolder(), "node_modules", nodePackage?.name ?? "node", "bin", `node${exe}`)
}

/** @returns {string} */
function pnpmVersion() {
  return readManifest(".").packageManager.split("@")[1]
}

/**
 * Installs one package into a folder of its own, which appears only when it is complete.
 *
 * @param {string} specifier
 * @param {string} folder
 */
async function fetchPackage(specifier, folder) {
  const partial = `${folder}.partial`
  rmSync(partial, { recursive: true, force: true })
  mkdirSync(partial, { recursive: true })
  const quick = ["--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"]
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"]
  await runStep(
    `get-${specifier.replaceAll(/[@/]/g, "-")}`,
    [...npmCommand(), "install", specifier, "--prefix", partial, "--global=false", ...quiet, ...quick],
    { cwd: partial, env: process.env },
  )
  rmSync(folder, { recursive: true, force: true })
  renameSync(partial, folder)
}
