import { homedir } from "node:os"
import { join } from "node:path"
import type { Terminal } from "./terminal.ts"

/** Where rasterised emoji are kept between runs. */
export function emojiFolder({ environment }: Terminal): string {
  return join(environment["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "llava-scenes")
}
