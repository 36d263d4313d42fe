import type { Browser } from "playwright-core"
import { afterAll, beforeAll, beforeEach } from "vitest"
import { findChromium } from "../find-chromium.ts"
import { needsChromium } from "../needs-chromium.ts"
import { openChromium } from "../open-chromium.ts"

/** One Chromium for all tests around the call, by a function for use within them; without one they are skipped. */
export function sharedChromium(): () => Browser {
  let browser: Browser | undefined
  beforeEach(needsChromium)
  beforeAll(async () => {
    if (findChromium() !== undefined) browser = await openChromium()
  }, 120_000)
  afterAll(() => browser?.close())
  return () => browser!
}
