import { existsSync, readdirSync, statSync } from "node:fs"
import { join } from "node:path"
import { home, readManifest } from "../project.mjs"
import { Refusal } from "../refusal.mjs"
import { readStamp, writeStamp } from "../stamp.mjs"
import { chooseAdapter } from "./choose-adapter.mjs"
import { probeAdapter, runtimeFolder } from "./probe-adapter.mjs"
import { prepareSwiftShader, swiftShaderVariables } from "./swiftshader.mjs"
import { lavapipeFiles, vulkanDriverFiles, vulkanDriverFolders } from "./vulkan-drivers.mjs"

/**
 * @typedef {object} Request
 * @property {import("../read-options.mjs").AdapterChoice | undefined} adapter
 * @property {string} source what asks for it: "--adapter" or "LLAVA_ADAPTER"
 */

/**
 * The adapter found by an earlier start, if nothing changed since: no driver, no device node, no version of Dawn.
 *
 * @param {Request} request
 * @returns {import("./choose-adapter.mjs").Choice | undefined}
 */
export function keptAdapter({ adapter, source }) {
  const kept = parseKept(readStamp(stampFile(adapter)))
  if (kept === undefined || kept.situation !== describeSituation(process.env)) return undefined
  const driver = kept.choice.variables["VK_DRIVER_FILES"]
  if (driver !== undefined && !existsSync(driver)) return undefined
  return { ...kept.choice, reason: adapter === undefined ? kept.choice.reason : `asked for with ${source}` }
}

/**
 * Looks for the adapter to run on, and keeps the answer for the next start.
 *
 * @param {string} node Node 24
 * @param {Request} request
 * @returns {Promise<import("./choose-adapter.mjs").Choice>}
 */
export async function findAdapter(node, { adapter, source }) {
  const choice = await chooseAdapter(candidates(node), { wanted: adapter, source })
  writeStamp(stampFile(adapter), JSON.stringify({ situation: describeSituation(process.env), choice }))
  return choice
}

/** @param {string | undefined} adapter */
const stampFile = (adapter) => join(home, `adapter-${adapter ?? "best"}.json`)

/**
 * The places where an adapter may be, to be asked one by one.
 *
 * @param {string} node Node 24
 * @returns {import("./choose-adapter.mjs").Candidates}
 */
export function candidates(node) {
  /**
   * @param {import("./probe-adapter.mjs").Variables} variables
   * @returns {Promise<import("./choose-adapter.mjs").Answer>}
   */
  const ask = async (variables) => {
    const answer = await probeAdapter(node, variables)
    return answer.found ? { ...answer, variables: { ...runtimeFolder(), ...variables } } : answer
  }
  return {
    system: () => ask({}),
    lavapipe: async () => {
      if (process.platform !== "linux") return { found: false, reason: "lavapipe is for Linux" }
      /** @type {import("./choose-adapter.mjs").Answer} */
      let answer = { found: false, reason: "its driver is not installed" }
      for (const file of lavapipeFiles(vulkanDriverFiles(vulkanDriverFolders(process.env)), process.arch)) {
        answer = await ask({ VK_DRIVER_FILES: file, VK_ICD_FILENAMES: file })
        if (answer.found) return answer
        answer = { found: false, reason: `Dawn does not take the installed one, ${file}: Mesa older than 23?` }
      }
      return answer
    },
    swiftshader: async () => {
      try {
        return await ask(swiftShaderVariables(await prepareSwiftShader(), process.env))
      } catch (error) {
        if (error instanceof Refusal) return { found: false, reason: error.message }
        throw error
      }
    },
  }
}

/**
 * Everything the choice depends on, cheap enough to look at on every start.
 *
 * @param {NodeJS.ProcessEnv} environment
 */
function describeSituation(environment) {
  const drivers = vulkanDriverFiles(vulkanDriverFolders(environment)).map((file) => {
    const stat = statSync(file, { throwIfNoEntry: false })
    return `${file} ${stat?.size} ${stat?.mtimeMs}`
  })
  const variables = ["VK_DRIVER_FILES", "VK_ICD_FILENAMES", "VK_ADD_DRIVER_FILES", "LD_LIBRARY_PATH", "XDG_RUNTIME_DIR"]
  return [
    `${process.platform} ${process.arch} ${process.getuid?.()}`,
    readManifest("packages/tensor").dependencies.webgpu,
    ...drivers,
    ...deviceNodes(),
    ...variables.map((name) => `${name}=${environment[name] ?? ""}`),
  ].join("\n")
}

/** The device nodes of GPUs: they come and go with drivers and hardware. */
function deviceNodes() {
  try {
    const cards = readdirSync("/dev/dri").map((name) => `dri/${name}`)
    return [...cards, ...readdirSync("/dev").filter((name) => /^(nvidia|dxg|kfd)/.test(name))]
  } catch {
    return []
  }
}

/**
 * @param {string | undefined} text
 * @returns {{ situation: string, choice: import("./choose-adapter.mjs").Choice } | undefined}
 */
function parseKept(text) {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined // Cut off while it was written: look again.
  }
}
