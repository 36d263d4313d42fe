import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { home, root } from "./project.mjs"
import { runStep } from "./run-step.mjs"
import { say } from "./say.mjs"
import { fingerprintTimes, readStamp, writeStamp } from "./stamp.mjs"

const stampFile = join(home, "built")

/** Whether the JavaScript of the chat and its packages is built from the sources as they are. */
export function isBuilt() {
  const complete = members().every((member) => existsSync(join(root, member, "dist")))
  return complete && readStamp(stampFile) === stampOfSources()
}

/**
 * Builds the JavaScript of the chat and of the packages it uses; turbo leaves out what has not changed.
 *
 * @param {import("./toolchain.mjs").Toolchain} toolchain
 */
export async function build(toolchain) {
  say("building ...")
  const stamp = stampOfSources()
  const env = { ...process.env, PATH: toolchain.path, TURBO_TELEMETRY_DISABLED: "1" }
  const turbo = join(root, "tools/build/node_modules/turbo/bin/turbo")
  const command = [toolchain.node, turbo, "run", "build:js", "--filter=@llava/chat...", "--output-logs=errors-only"]
  await runStep("build", command, { cwd: root, env })
  writeStamp(stampFile, stamp)
}

function stampOfSources() {
  const inputs = members().flatMap((member) =>
    ["src", "web", "package.json", "tsup.config.ts"].map((name) => `${member}/${name}`),
  )
  return fingerprintTimes(root, [...inputs, "tools/build/tsup.ts", "tsconfig.base.json", "pnpm-lock.yaml"])
}

/** The chat and the packages that it uses, those that have something to build. */
function members() {
  const folders = ["packages", "apps"].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => `${group}/${name}`),
  )
  /** @type {Map<string, { folder: string, uses: readonly string[] }>} */
  const byName = new Map()
  for (const folder of folders.filter((each) => existsSync(join(root, each, "package.json")))) {
    const { name, dependencies = {} } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"))
    byName.set(name, { folder, uses: Object.keys(dependencies) })
  }
  const used = new Set(["@llava/chat"])
  // A set hands out what is added on the way, too.
  for (const name of used) for (const other of byName.get(name)?.uses ?? []) if (byName.has(other)) used.add(other)
  return [...used]
    .flatMap((name) => byName.get(name)?.folder ?? [])
    .filter((member) => existsSync(join(root, member, "tsup.config.ts")))
}
