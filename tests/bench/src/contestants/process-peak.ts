import { readFileSync, writeFileSync } from "node:fs"

const MEBI = 2 ** 20

/** Most memory of this process since `startProcessPeak`, in MiB. On a software adapter it holds the GPU's buffers too. */
export function processPeak(): number {
  try {
    const [, kibi] = /VmHWM:\s+(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"))!
    return (Number(kibi) * 1024) / MEBI
  } catch {
    // Not Linux: since the process began.
    return (process.resourceUsage().maxRSS * 1024) / MEBI
  }
}

/** From now on only what is in use counts, where the system can be told so. */
export function startProcessPeak(): void {
  try {
    writeFileSync("/proc/self/clear_refs", "5")
  } catch {
    // Then the peak is that of the whole process.
  }
}
