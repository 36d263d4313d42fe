import { signal } from "@preact/signals"
import type { Keep } from "../storage/keep.ts"
import { memoryKeep } from "../storage/memory-keep.ts"
import { openKeep } from "../storage/open-keep.ts"
import { notice } from "./notices.ts"

/** Where conversations are kept: in memory until the browser's database is open. */
export const keep = signal<Keep>(memoryKeep())

/** Opens the browser's database; says so where there is none. */
export async function startKeeping(): Promise<void> {
  try {
    keep.value = await openKeep()
  } catch {
    notice.value = {
      message: "This browser keeps no data for the page, so conversations last until it is closed.",
      nextStep: "Export what you want to keep, or use a window that is not private.",
    }
  }
}
