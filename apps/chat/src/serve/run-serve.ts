import { existsSync } from "node:fs"
import { checkAdapter, describeError } from "@llava/app-common"
import { createServer } from "@llava/server"
import { clientAddress, type Listening, listen } from "@llava/server/node"
import { ChatError } from "../chat-error.ts"
import { tell } from "../output/tell.ts"
import { openServed } from "./open-served.ts"
import { pageServer } from "./page-server.ts"
import type { ServeOptions } from "./serve-options.ts"
import { serverOptions } from "./server-options.ts"

/** Seconds that answers under way get to come to their end after the first Ctrl-C. */
const GRACE = 30

/** Serves until a signal ends it: the first lets answers under way come to their end, the second does not. */
export async function runServe(
  options: ServeOptions,
  { pageFolder, announce }: { pageFolder: string; announce: (url: string) => Promise<void> },
): Promise<void> {
  checkAdapter(options.adapter, process.env["LLAVA_ADAPTER_KIND"], "npm start")
  const settings = serverOptions(options, process.env["LLAVA_API_KEY"])
  await using opened = new AsyncDisposableStack()
  const { llavas, ...served } = await openServed(options, opened)
  const stopping = new AbortController()
  const common = {
    ...settings,
    stopping: stopping.signal,
    clientOf: clientAddress,
    onError: (error: unknown, { method, path }: { method: string; path: string }) =>
      tell(`${method} ${path}: ${describeError(error, options.verbose)}`),
  }
  const app =
    options.page && existsSync(pageFolder)
      ? pageServer({ ...served, llavas, options, opened, settings: { ...common, page: pageFolder } })
      : createServer({ ...common, ...served })
  const server = await listenAt(app, options)
  await announce(server.url)
  await interrupted()
  tell("finishing the answers under way; once more stops at once.")
  stopping.abort()
  await Promise.race([server.close(GRACE), interrupted()])
}

async function listenAt(app: Parameters<typeof listen>[0], { port, host }: ServeOptions): Promise<Listening> {
  try {
    return await listen(app, { port, hostname: host })
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined
    const why =
      code === "EADDRINUSE"
        ? `port ${port} is taken`
        : code === "EACCES"
          ? `port ${port} is not for this user`
          : cause instanceof Error
            ? cause.message
            : String(cause)
    throw new ChatError(`The server cannot listen at ${host}: ${why}.`, {
      code: "listen",
      fix: "Choose another --port, or none for any that is free.",
      cause,
    })
  }
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve())
  })
}
