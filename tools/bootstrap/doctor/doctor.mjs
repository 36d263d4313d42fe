// `npm run doctor`: what this machine offers, what of it is used and why, and what would make it faster.

import { adapterKind } from "../adapter/adapter-kind.mjs"
import { candidates, findAdapter } from "../adapter/find-adapter.mjs"
import { presentSwiftShader } from "../adapter/swiftshader.mjs"
import { readOptions } from "../read-options.mjs"
import { Refusal } from "../refusal.mjs"
import { advise } from "./advise.mjs"
import { describeMachine } from "./describe-machine.mjs"
import { printReport } from "./print-report.mjs"

// A reader that has seen enough (`| head`) is no error.
process.stdout.on("error", () => process.exit(0))

const node = process.execPath
const { args, adapter, source } = readOptions(process.argv.slice(2), process.env)
const unknown = args.filter((arg) => arg !== "--json")

/** Every adapter of this machine by the place it was found in; SwiftShader is not fetched just to be listed. */
async function listAdapters() {
  const places = candidates(node)
  const fetched = presentSwiftShader() !== undefined
  const swiftshader = fetched
    ? places.swiftshader()
    : { found: /** @type {const} */ (false), reason: "fetched when it is needed" }
  const answers = { system: await places.system(), lavapipe: await places.lavapipe(), swiftshader: await swiftshader }
  return Object.entries(answers).map(([place, answer]) =>
    answer.found
      ? { place, works: true, kind: adapterKind(answer.info), name: answer.info.description || answer.info.device }
      : { place, works: false, reason: answer.reason },
  )
}

async function choose() {
  try {
    const { found, variables, kind, name, reason } = await findAdapter(node, { adapter, source })
    return { kind, name, reason, variables, ...found }
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.message }
    throw error
  }
}

if (args.includes("--help") || args.includes("-h")) {
  process.stdout.write("npm run doctor [-- --json] [--adapter hardware|lavapipe|swiftshader]\n")
} else if (unknown.length > 0) {
  process.stderr.write(`llava: doctor does not know "${unknown[0]}"; it takes --json and --adapter.\n`)
  process.exitCode = 1
} else {
  const chosen = await choose()
  const alternatives = await listAdapters()
  const machine = describeMachine()
  const taken = "problem" in chosen ? { kind: undefined, features: [] } : chosen
  const others = alternatives.map((alternative) => alternative.kind)
  const advice = advise({ ...machine, others, platform: process.platform, kind: taken.kind, features: taken.features })
  const report = { adapter: chosen, alternatives, machine, advice }
  if (args.includes("--json")) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
  else printReport(report)
  process.exitCode = "problem" in chosen ? 1 : 0
}
