import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { home, root } from "./project.mjs"
import { runStep } from "./run-step.mjs"
import { say } from "./say.mjs"
import { fingerprintContents, readStamp, writeStamp } from "./stamp.mjs"

/**
 * How much of the workspace a command needs installed. The order is by size: each holds the ones before it.
 *
 * @typedef {"gpu" | "chat" | "all" | "bench"} Scope
 */

/** @type {Readonly<Record<Scope, { what: string, flags: readonly string[] }>>} */
const scopes = {
  gpu: { what: "the GPU library", flags: ["--prod", "--filter", "@llava/tensor"] },
  chat: { what: "what the chat needs", flags: ["--prod", "--filter", "@llava/chat...", "--filter", "@llava/build"] },
  all: { what: "the workspace", flags: ["--filter", "!@llava/bench"] },
  bench: { what: "the workspace and the benchmarks' peers", flags: [] },
}
const order = /** @type {Scope[]} */ (Object.keys(scopes))
const stampFile = join(home, "installed")

/**
 * Whether the packages of a scope are there and as the lockfile wants them.
 *
 * @param {Scope} scope
 */
export function isInstalled(scope) {
  return order.slice(order.indexOf(scope)).some((larger) => readStamp(stampFile) === stampOf(larger))
}

/**
 * Installs the packages of a scope exactly as the lockfile says. What was once installed in a larger scope stays.
 *
 * @param {Scope} scope
 * @param {import("./toolchain.mjs").Toolchain} toolchain
 */
export async function install(scope, toolchain) {
  const wanted = order[Math.max(order.indexOf(scope), order.indexOf(scopeBefore() ?? scope))] ?? scope
  const { what, flags } = scopes[wanted]
  say(`installing ${what} ...`)
  // CI: pnpm asks nothing, even where it has to lay node_modules anew.
  const env = { ...process.env, PATH: toolchain.path, CI: "true" }
  await runStep("install", [toolchain.pnpm, "install", "--frozen-lockfile", ...flags], { cwd: root, env })
  writeStamp(stampFile, stampOf(wanted))
}

/**
 * The scope of the last install, also of a developer's own `pnpm install`.
 *
 * @returns {Scope | undefined}
 */
function scopeBefore() {
  const noted = order.find((name) => readStamp(stampFile)?.startsWith(`${name} `))
  return noted ?? (existsSync(join(root, "node_modules/vitest")) ? "all" : undefined)
}

/** @param {Scope} scope */
function stampOf(scope) {
  const members = ["packages", "apps"].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => `${group}/${name}`),
  )
  const manifests = [...members, "tests", "tests/bench", "tests/server", "tools/build"].map(
    (member) => `${member}/package.json`,
  )
  const inputs = ["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json", ...manifests]
  const present = existsSync(join(root, "node_modules/.modules.yaml")) ? "" : " absent"
  return `${scope} ${fingerprintContents(root, inputs)}${present}`
}
