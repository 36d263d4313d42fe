import { writeFileSync } from "node:fs"

/** @typedef {{ passed: number, failed: number, skipped: number, crashes: string[], unfinished: string[] }} Totals */

/**
 * A vitest reporter that leaves the totals of a run in the file named by LLAVA_TEST_TOTALS: of the files that came to their
 * end, and which did not because the process died that they ran in (`crashes` says of what).
 */
export default class TotalsReporter {
  /** @type {string[]} */
  #files = []

  /** @param {readonly import("vitest/node").TestSpecification[]} specifications */
  onTestRunStart(specifications) {
    this.#files = specifications.map(({ moduleId }) => moduleId)
  }

  /**
   * @param {readonly import("vitest/node").TestModule[]} modules
   * @param {readonly import("vitest/node").SerializedError[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    const crashes = unhandledErrors.flatMap(
      ({ cause }) => /exited unexpectedly.*?(?= during|$)/.exec(String(cause?.message)) ?? [],
    )
    const ended = modules.filter((module) => !["pending", "queued"].includes(module.state()))
    /** @type {Totals} */
    const totals = {
      passed: 0,
      failed: unhandledErrors.length - crashes.length,
      skipped: 0,
      crashes,
      unfinished: this.#files.filter((file) => !ended.some(({ moduleId }) => moduleId === file)),
    }
    for (const module of ended) {
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state !== "pending") totals[state]++
      }
      // A file that cannot be loaded, or a hook that throws, has no failed test of its own.
      totals.failed += module.errors().length
      for (const suite of module.children.allSuites()) totals.failed += suite.errors().length
    }
    const file = process.env["LLAVA_TEST_TOTALS"]
    if (file !== undefined) writeFileSync(file, JSON.stringify(totals))
  }
}
