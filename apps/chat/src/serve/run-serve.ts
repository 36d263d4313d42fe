import { checkAdapter } from "@llava/app-common"
import { tell } from "../output/tell.ts"
import type { ServeOptions } from "./serve-options.ts"
import { startServing } from "./start-serving.ts"

/** Serves until a signal ends it: the first lets answers under way come to their end, the second does not. */
export async function runServe(
  options: ServeOptions,
  { pageFolder, announce }: { pageFolder: string; announce: (url: string) => Promise<void> },
): Promise<void> {
  checkAdapter(options.adapter, process.env["LLAVA_ADAPTER_KIND"], "npm start")
  await using serving = await startServing(options, pageFolder)
  await announce(serving.url)
  await interrupted()
  tell("finishing the answers under way; once more stops at once.")
  await Promise.race([serving.finish(), interrupted()])
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve())
  })
}
