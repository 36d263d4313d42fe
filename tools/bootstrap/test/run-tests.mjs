// `npm test`: builds everything, then lint, types and the tests; the last line has the totals of all of them.
import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

/** @typedef {{ passed: number, failed: number, skipped: number }} Totals */

const windows = process.platform === "win32"
const args = process.argv.slice(2)
const long = args[0] === "--long"
const scratch = mkdtempSync(join(tmpdir(), "llava-test-"))
const totalsFile = join(scratch, "totals.json")
const env = {
  ...process.env,
  TURBO_TELEMETRY_DISABLED: "1",
  LLAVA_TEST_TOTALS: totalsFile,
  ...(long ? { LLAVA_TEST_LONG: "1" } : {}),
}

/**
 * @param {string} title
 * @param {readonly string[]} command
 */
function run(title, [program = "", ...rest]) {
  process.stdout.write(`\n== ${title}\n`)
  const started = performance.now()
  const { status, error } = spawnSync(program, rest, { stdio: ["ignore", "inherit", "inherit"], env, shell: windows })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const good = status === 0
  process.stdout.write(`== ${title}: ${good ? "passed" : `FAILED ${error?.message ?? ""}`} after ${seconds} s\n`)
  return good
}

/** @returns {Totals | undefined} undefined: vitest ended without reporting */
function readTotals() {
  try {
    return JSON.parse(readFileSync(totalsFile, "utf8"))
  } catch {
    return undefined
  }
}

const checks = [
  run("build", ["turbo", "run", "build", "--output-logs=errors-only"]),
  run("lint", ["biome", "check", "."]),
  run("types", ["tsc", "--noEmit", "-p", "tsconfig.json"]),
  run("types of the page", ["tsc", "--noEmit", "-p", "apps/chat/web/tsconfig.json"]),
  run("types of the bootstrap", ["tsc", "--noEmit", "-p", "tools/bootstrap/tsconfig.json"]),
]
const reporter = fileURLToPath(new URL("./totals-reporter.mjs", import.meta.url))
const vitest = ["vitest", "run", "--reporter=default", `--reporter=${reporter}`, ...args.slice(long ? 1 : 0)]
const testsPassed = run("tests", vitest)
const totals = readTotals()
rmSync(scratch, { recursive: true, force: true })

const failedChecks = checks.filter((good) => !good).length
// Vitest may fail beyond its tests: a coverage threshold, an unhandled error, or no test at all.
const failedTests = Math.max(totals?.failed ?? 0, testsPassed ? 0 : 1)
const passed = (totals?.passed ?? 0) + checks.length - failedChecks
const failed = failedTests + failedChecks
const skipped = totals?.skipped ? `, ${totals.skipped} skipped` : ""
process.stdout.write(`\n${passed} passed, ${failed} failed${skipped}\n`)
process.exitCode = failed === 0 ? 0 : 1
