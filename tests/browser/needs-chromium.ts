import { findChromium } from "./find-chromium.ts"

interface TestContext {
  skip(reason?: string): never
}

/** Skips the test, and prints why, where there is no Chromium: `beforeEach(needsChromium)`. */
export function needsChromium(context: TestContext): void {
  if (findChromium() !== undefined) return
  const reason = "needs Chromium (apt-get install chromium, or name one in LLAVA_CHROMIUM)"
  console.log(`skipped: ${reason}`)
  context.skip(reason)
}
