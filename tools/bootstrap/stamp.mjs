import { createHash } from "node:crypto"
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"

/**
 * Fingerprint of files by content; a file that is absent counts as such.
 *
 * @param {string} folder
 * @param {readonly string[]} paths relative to the folder
 */
export function fingerprintContents(folder, paths) {
  const hash = createHash("sha256")
  for (const path of paths) {
    hash.update(`\0${path}\0`)
    hash.update(readIfThere(join(folder, path)) ?? "absent")
  }
  return hash.digest("hex")
}

/**
 * Fingerprint of files and whole folders by path, size and time of change: cheap enough for every start.
 *
 * @param {string} folder
 * @param {readonly string[]} paths relative to the folder
 */
export function fingerprintTimes(folder, paths) {
  const hash = createHash("sha256")
  /** @param {string} path */
  const visit = (path) => {
    const full = join(folder, path)
    const stat = statSync(full, { throwIfNoEntry: false })
    if (stat?.isDirectory()) {
      for (const name of readdirSync(full).sort()) visit(`${path}/${name}`)
    } else {
      hash.update(`\0${path}\0${stat === undefined ? "absent" : `${stat.size} ${stat.mtimeMs}`}`)
    }
  }
  for (const path of paths) visit(path)
  return hash.digest("hex")
}

/**
 * @param {string} file
 * @returns {string | undefined}
 */
export function readStamp(file) {
  return readIfThere(file)?.toString("utf8")
}

/**
 * @param {string} file
 * @param {string} stamp
 */
export function writeStamp(file, stamp) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, stamp)
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file)
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined
    throw error
  }
}
