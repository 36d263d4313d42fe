import type { HubOptions } from "../hub-options.ts"
import type { OpenProgress } from "../open-progress.ts"

/** How files at addresses are read in a browser; paths on disk need nothing of it. */
export interface FileOptions extends Pick<HubOptions, "cacheDir" | "offline" | "signal"> {
  onProgress?: (progress: OpenProgress) => void
}
