import { writeFileSync } from "node:fs"

/** A vitest reporter that leaves the totals of a run in the file named by LLAVA_TEST_TOTALS. */
export default class TotalsReporter {
  /**
   * @param {readonly import("vitest/node").TestModule[]} modules
   * @param {readonly unknown[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    const totals = { passed: 0, failed: unhandledErrors.length, skipped: 0 }
    for (const module of modules) {
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
