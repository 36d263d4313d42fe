// `npm test`: builds everything, then lint, types and the tests; the last line has the totals of all of them.
import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

/** @typedef {import("./totals-reporter.mjs").Totals} Totals */

const windows = process.platform === "win32"
const args = process.argv.slice(2)
const long = args[0] === "--long"
const scratch = mkdtempSync(join(tmpdir(), "llava-test-"))
const totalsFile = join(scratch, "totals.json")
const reporter = fileURLToPath(new URL("./totals-reporter.mjs", import.meta.url))
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

/**
 * @param {string} title
 * @param {readonly string[]} options
 * @returns {Totals}
 */
function runVitest(title, options) {
  rmSync(totalsFile, { force: true })
  const good = run(title, ["vitest", "run", "--reporter=default", `--reporter=${reporter}`, ...options])
  /** @type {Totals} */
  let totals = { passed: 0, failed: 0, skipped: 0, crashes: [], unfinished: [] }
  try {
    totals = JSON.parse(readFileSync(totalsFile, "utf8"))
  } catch {
    // Vitest ended without reporting, which counts as a failure below.
  }
  // It may also fail beyond its tests: a coverage threshold, an unhandled error, or no test at all.
  return good || totals.crashes.length > 0 ? totals : { ...totals, failed: Math.max(totals.failed, 1) }
}

/**
 * A driver that computes on the CPU runs in the tests' own process, and may take it along when it crashes. The files that
 * are lost by that run once more; a second crash is a failure.
 *
 * @param {readonly string[]} filters
 * @returns {Totals}
 */
function runAllTests(filters) {
  const first = runVitest("tests", filters)
  const [crash] = first.crashes
  if (crash === undefined) return first
  // Which of the lost files the filters meant, and which tests in them, vitest does not say.
  if (filters.length > 0 || first.unfinished.length === 0) return { ...first, failed: first.failed + 1 }
  const lost = first.unfinished
  process.stdout.write(`\n== a test process ${crash}: ${lost.length} files that it had not finished run again\n`)
  const second = runVitest("tests, after the crash", lost)
  return {
    ...second,
    passed: first.passed + second.passed,
    failed: first.failed + second.failed + second.crashes.length,
    skipped: first.skipped + second.skipped,
  }
}

const checks = [
  run("build", ["turbo", "run", "build", "--output-logs=errors-only"]),
  run("lint", ["biome", "check", "."]),
  run("types", ["tsc", "--noEmit", "-p", "tsconfig.json"]),
  run("types of the page", ["tsc", "--noEmit", "-p", "apps/chat/web/tsconfig.json"]),
  run("types of the bootstrap", ["tsc", "--noEmit", "-p", "tools/bootstrap/tsconfig.json"]),
]
const totals = runAllTests(args.slice(long ? 1 : 0))
rmSync(scratch, { recursive: true, force: true })

const failedChecks = checks.filter((good) => !good).length
const passed = totals.passed + checks.length - failedChecks
const failed = totals.failed + failedChecks
const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : ""
process.stdout.write(`\n${passed} passed, ${failed} failed${skipped}\n`)
process.exitCode = failed === 0 ? 0 : 1
