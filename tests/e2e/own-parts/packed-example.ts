import { execFile } from "node:child_process"
import { cp, mkdtemp, readdir, realpath } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { repository } from "../../architecture/workspace.ts"
import { buildPackages } from "../../support/build-packages.ts"

const run = promisify(execFile)

/** What an example needs, by the names of their folders: hub and all it depends on. */
const ofHub = ["core", "tensor", "checkpoint", "model", "clip", "llama", "projector", "hub"]

/** Builds packages and packs them as they would be published; returns the paths of the tarballs. */
export async function packPackages(last = "hub", packages: readonly string[] = ofHub): Promise<string[]> {
  await buildPackages("build", `@llava/${last}...`)
  const destination = await mkdtemp(join(tmpdir(), "llava-tarballs-"))
  for (const name of packages) {
    const cwd = join(repository, "packages", name)
    await run("pnpm", ["pack", "--pack-destination", destination], { cwd })
  }
  return (await readdir(destination)).map((file) => join(destination, file))
}

/** A copy of an example, far from the repository, with the packed packages installed by npm. */
export async function installExample(name: string, tarballs: readonly string[]): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), `llava-${name}-`)))
  const filter = (path: string) => !path.includes("node_modules")
  await cp(join(repository, "examples", name), folder, { recursive: true, filter })
  await installPackages(folder, tarballs)
  return folder
}

/** Installs packages by npm. What they depend on (zod, webgpu, sharp, ...) comes from npm's cache or the registry. */
export async function installPackages(folder: string, packages: readonly string[]): Promise<void> {
  const args = ["install", "--prefer-offline", "--no-audit", "--no-fund", "--no-package-lock", ...packages]
  try {
    // Within a script of npm or pnpm, its settings are in the environment.
    const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^(npm|pnpm)_/i.test(key)))
    await run("npm", args, { cwd: folder, env, timeout: 240_000 })
  } catch (cause) {
    const { stderr = "" } = cause as { stderr?: string }
    const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ENOTCACHED/.test(stderr)
    const why = offline
      ? "npm could not reach its registry and does not have the packages' dependencies in its cache; this test needs either"
      : "npm install failed"
    throw new Error(`${folder}: ${why}.\n${stderr}`, { cause })
  }
}
