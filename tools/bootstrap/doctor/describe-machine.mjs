import { accessSync, constants, readdirSync, readFileSync } from "node:fs"
import { cpus, freemem, release, totalmem } from "node:os"
import { vulkanDriverFiles, vulkanDriverFolders } from "../adapter/vulkan-drivers.mjs"
import { readManifest } from "../project.mjs"

/** The machine, as far as it matters for speed, and the versions in use. */
export function describeMachine() {
  const devices = [...namesIn("/dev/dri"), ...namesIn("/dev").filter((name) => /^(nvidia\d|dxg$)/.test(name))].filter(
    (name) => !name.startsWith("card") && name !== "by-path",
  )
  return {
    system: `${process.platform} ${release()} ${process.arch}`,
    distribution: distribution(),
    processor: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    totalMemory: totalmem(),
    freeMemory: availableMemory(),
    devices,
    mayUseDevices: devices.every((name) => mayOpen(name.startsWith("render") ? `/dev/dri/${name}` : `/dev/${name}`)),
    vulkanDrivers: vulkanDriverFiles(vulkanDriverFolders(process.env)),
    versions: {
      node: process.versions.node,
      pnpm: /** @type {string} */ (readManifest(".").packageManager.split("@")[1]),
      webgpu: /** @type {string} */ (readManifest("packages/tensor").dependencies.webgpu),
    },
  }
}

function distribution() {
  const text = textOf("/etc/os-release")
  const field = (/** @type {string} */ name) => new RegExp(`^${name}="?([^"\\n]*)`, "m").exec(text)?.[1] ?? ""
  return `${field("ID")} ${field("VERSION_ID")}`.trim()
}

/** What a new program could get: on Linux the caches that would be given up count too. */
function availableMemory() {
  const kibibytes = /^MemAvailable:\s+(\d+)/m.exec(textOf("/proc/meminfo"))?.[1]
  return kibibytes === undefined ? freemem() : Number(kibibytes) * 1024
}

/** @param {string} file */
function textOf(file) {
  try {
    return readFileSync(file, "utf8")
  } catch {
    return "" // Not every system has it.
  }
}

/** @param {string} folder */
function namesIn(folder) {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** @param {string} file */
function mayOpen(file) {
  try {
    accessSync(file, constants.R_OK | constants.W_OK)
    return true
  } catch {
    return false
  }
}
