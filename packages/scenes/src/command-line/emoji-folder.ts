import { homedir } from "node:os"
import { join } from "node:path"
import type { Surroundings } from "./surroundings.ts"

/** Where rasterised emoji are kept between runs. */
export function emojiFolder({ env }: Surroundings): string {
  return join(env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "llava-scenes")
}
