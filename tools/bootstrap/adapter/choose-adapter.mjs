import { Refusal } from "../refusal.mjs"
import { adapterKind } from "./adapter-kind.mjs"

/**
 * @typedef {import("./probe-adapter.mjs").Found} Found
 * @typedef {import("./probe-adapter.mjs").NotFound} NotFound
 * @typedef {import("./probe-adapter.mjs").Variables} Variables
 * @typedef {import("./adapter-kind.mjs").AdapterKind} AdapterKind
 * @typedef {(Found & { variables: Variables }) | NotFound} Answer
 *
 * @typedef {object} Candidates the places to look in; each is asked only when it is its turn
 * @property {() => Promise<Answer>} system whatever the machine offers by itself
 * @property {() => Promise<Answer>} lavapipe the machine's lavapipe
 * @property {() => Promise<Answer>} swiftshader SwiftShader, fetched where needed
 *
 * @typedef {object} Choice
 * @property {AdapterKind} kind
 * @property {string} name
 * @property {string} reason why this one, as the end of a sentence
 * @property {Variables} variables what a program must have in its environment to get this adapter
 * @property {Found} found
 */

/** How to get an adapter that was asked for and is not there. */
const remedies = {
  hardware: "install the GPU's Vulkan driver, or leave the choice to the program",
  lavapipe:
    "install Mesa 23 or newer (Debian and Ubuntu: mesa-vulkan-drivers, on Debian 12 from bookworm-backports; Fedora: mesa-vulkan-drivers)",
  swiftshader: "it is fetched from the package registry on linux-x64 only",
}

/**
 * Takes the best adapter: hardware, else lavapipe, else SwiftShader; or the one that is asked for.
 *
 * @param {Candidates} candidates
 * @param {{ wanted: import("../read-options.mjs").AdapterChoice | undefined, source: string }} request
 * @returns {Promise<Choice>}
 * @throws {Refusal} where the one asked for, or any at all, is missing
 */
export async function chooseAdapter(candidates, { wanted, source }) {
  if (wanted !== undefined) {
    const answer = await candidates[wanted === "hardware" ? "system" : wanted]()
    const kind = answer.found ? adapterKind(answer.info) : undefined
    if (answer.found && kind === wanted) return choose(answer, `asked for with ${source}`)
    const instead = answer.found ? `there is only ${nameOf(answer)}` : answer.reason
    throw new Refusal(`no ${wanted} adapter, which ${source} asks for: ${instead}; ${remedies[wanted]}.`)
  }
  const system = await candidates.system()
  if (system.found && adapterKind(system.info) === "hardware") return choose(system, "a GPU is there")
  const noGpu = system.found ? "no GPU is there" : `no GPU is there (${system.reason})`
  const lavapipe = await candidates.lavapipe()
  if (lavapipe.found) return choose(lavapipe, noGpu)
  if (system.found) return choose(system, noGpu)
  const noLavapipe = `no GPU is there and no lavapipe (${lavapipe.reason})`
  const swiftshader = await candidates.swiftshader()
  if (swiftshader.found) return choose(swiftshader, noLavapipe)
  throw new Refusal(
    `${noLavapipe}, and SwiftShader does not work (${swiftshader.reason}); to go on, ${remedies.lavapipe}.`,
  )
}

/**
 * @param {Found & { variables: Variables }} answer
 * @param {string} reason
 * @returns {Choice}
 */
function choose({ variables, ...found }, reason) {
  return { kind: adapterKind(found.info), name: nameOf(found), reason, variables, found }
}

/** @param {Found} found */
function nameOf({ info }) {
  const { description, device, vendor } = info
  return description || device || vendor || "an adapter without a name"
}
