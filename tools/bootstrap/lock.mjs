import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { say } from "./say.mjs"

/** A lock whose owner had no time to write its name is given this long. */
const namelessMs = 5_000

/**
 * Holds the folder's lock while `work` runs, so that two starts at once do not install into the same place. A lock left
 * behind by a process that is gone is taken over.
 *
 * @template T
 * @param {string} folder
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(folder, work) {
  mkdirSync(folder, { recursive: true })
  const lock = join(folder, "lock")
  for (let waited = false; !tryLock(lock); waited = true) {
    if (isAbandoned(lock)) rmSync(lock, { recursive: true, force: true })
    else {
      if (!waited) say("another start is preparing this project; waiting for it.")
      await pause(200)
    }
  }
  const release = () => rmSync(lock, { recursive: true, force: true })
  process.once("exit", release)
  try {
    return await work()
  } finally {
    process.off("exit", release)
    release()
  }
}

/** @param {string} lock */
function tryLock(lock) {
  try {
    mkdirSync(lock)
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false
    throw error
  }
  writeFileSync(join(lock, "pid"), String(process.pid))
  return true
}

/** @param {string} lock */
function isAbandoned(lock) {
  try {
    const pid = Number(readFileSync(join(lock, "pid"), "utf8"))
    if (pid > 0) return !isAlive(pid)
  } catch {
    // No name yet: its owner is about to write it, or died before it could.
  }
  try {
    return Date.now() - statSync(lock).mtimeMs > namelessMs
  } catch {
    return false // Released in this very moment.
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM"
  }
}
