import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import type { SerializedError, TestModule, TestSpecification } from "vitest/node"
import TotalsReporter from "./totals-reporter.mjs"

let folder = ""
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "totals-"))
  vi.stubEnv("LLAVA_TEST_TOTALS", join(folder, "totals.json"))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

type State = "passed" | "failed" | "skipped" | "pending"

/** A file of tests as vitest tells of it at the end of a run. */
function file(moduleId: string, state: State, tests: readonly State[]): TestModule {
  const children = { allTests: () => tests.map((state) => ({ result: () => ({ state }) })), allSuites: () => [] }
  return { moduleId, state: () => state, children, errors: () => [] } as unknown as TestModule
}

function report(started: readonly string[], modules: readonly TestModule[], errors: readonly SerializedError[]) {
  const reporter = new TotalsReporter()
  reporter.onTestRunStart(started.map((moduleId) => ({ moduleId }) as TestSpecification))
  reporter.onTestRunEnd(modules, errors)
  return JSON.parse(readFileSync(join(folder, "totals.json"), "utf8")) as unknown
}

it("counts the tests of all files", () => {
  const modules = [file("a", "failed", ["passed", "failed"]), file("b", "passed", ["passed", "skipped"])]
  expect(report(["a", "b"], modules, [])).toEqual({ passed: 2, failed: 1, skipped: 1, crashes: [], unfinished: [] })
})

it("names the files that a crash of their process has cost, and leaves them out of the count", () => {
  const modules = [file("a", "passed", ["passed"]), file("b", "pending", ["passed", "pending"])]
  const message = "Worker exited unexpectedly with signal SIGSEGV during started state while running test files b, c"
  const crash = { message: "[vitest-pool]: Worker forks emitted error.", cause: { message } } as SerializedError
  expect(report(["a", "b", "c"], modules, [crash])).toEqual({
    passed: 1,
    failed: 0,
    skipped: 0,
    crashes: ["exited unexpectedly with signal SIGSEGV"],
    unfinished: ["b", "c"],
  })
})

it("counts any other error beyond the tests as a failure", () => {
  const error = { message: "Unhandled rejection" } as SerializedError
  expect(report(["a"], [file("a", "passed", ["passed"])], [error])).toMatchObject({ passed: 1, failed: 1, crashes: [] })
})
