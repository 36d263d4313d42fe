import { readdirSync } from "node:fs"
import { join } from "node:path"

/**
 * The folders in which the Vulkan loader looks for driver descriptions, in its order.
 * See "Driver interface to the Vulkan Loader", section "Driver Discovery on Linux".
 *
 * @param {Readonly<Record<string, string | undefined>>} environment
 */
export function vulkanDriverFolders(environment) {
  const home = environment["HOME"] ?? ""
  const list = [
    environment["XDG_CONFIG_HOME"] ?? join(home, ".config"),
    ...(environment["XDG_CONFIG_DIRS"] ?? "/etc/xdg").split(":"),
    "/usr/local/etc",
    "/etc",
    environment["XDG_DATA_HOME"] ?? join(home, ".local/share"),
    ...(environment["XDG_DATA_DIRS"] ?? "/usr/local/share:/usr/share").split(":"),
  ]
  return [...new Set(list.filter((folder) => folder !== "").map((folder) => join(folder, "vulkan/icd.d")))]
}

/**
 * The driver descriptions (ICD files) of this machine.
 *
 * @param {readonly string[]} folders
 */
export function vulkanDriverFiles(folders) {
  return folders.flatMap((folder) =>
    namesIn(folder)
      .filter((name) => name.endsWith(".json"))
      .sort()
      .map((name) => join(folder, name)),
  )
}

/**
 * Those of lavapipe, Mesa's Vulkan driver for the CPU, that fit the processor: some distributions put the architecture in
 * the name (`lvp_icd.x86_64.json`), and may have a second one for 32-bit programs.
 *
 * @param {readonly string[]} files
 * @param {string} arch as `process.arch`
 */
export function lavapipeFiles(files, arch) {
  const names = { x64: ["x86_64", "amd64"], arm64: ["aarch64", "arm64"] }[arch] ?? [arch]
  const fitting = ["lvp_icd.json", ...names.map((name) => `lvp_icd.${name}.json`)]
  return files.filter((file) => fitting.some((name) => file.endsWith(`/${name}`)))
}

/** @param {string} folder */
function namesIn(folder) {
  try {
    return readdirSync(folder)
  } catch {
    return [] // Absent or not ours to read: then the loader finds nothing there either.
  }
}
