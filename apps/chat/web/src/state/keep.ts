import type { Keep } from "../storage/keep.ts"
import { memoryKeep } from "../storage/memory-keep.ts"
import { openKeep } from "../storage/open-keep.ts"
import { notice } from "./notices.ts"

/** Where conversations are kept: the browser's database, or memory where there is none, which is said. */
export const keep: Promise<Keep> = openKeep().catch(() => {
  notice.value = {
    message: "This browser keeps no data for the page, so conversations last until it is closed.",
    nextStep: "Export what you want to keep, or use a window that is not private.",
  }
  return memoryKeep()
})
