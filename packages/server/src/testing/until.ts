import { setTimeout as sleep } from "node:timers/promises"

/** Waits until something is so, however busy the machine is; the test's own time limit ends it. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(5)
}
