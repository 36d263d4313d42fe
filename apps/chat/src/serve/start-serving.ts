import { existsSync } from "node:fs"
import { describeError } from "@llava/app-common"
import type { Llava } from "@llava/model"
import { createServer } from "@llava/server"
import { clientAddress, type Listening, listen } from "@llava/server/node"
import { ChatError } from "../chat-error.ts"
import { tell } from "../output/tell.ts"
import { openServed } from "./open-served.ts"
import { pageServer } from "./page-server.ts"
import type { ServeOptions } from "./serve-options.ts"
import { serverOptions } from "./server-options.ts"

/** Seconds that answers under way get to come to their end. */
const GRACE = 30

/** A server at work; disposing of it closes its models. */
export interface Serving extends AsyncDisposable {
  readonly url: string
  /** The models that it opened at its start, by what requests call them. */
  readonly llavas: ReadonlyMap<string, Llava>
  /** Takes no more requests, and lets answers under way come to their end. */
  finish(): Promise<void>
}

/** Opens the models and listens, with the web page where that is built. */
export async function startServing(options: ServeOptions, pageFolder: string): Promise<Serving> {
  const settings = serverOptions(options, process.env["LLAVA_API_KEY"])
  await using opened = new AsyncDisposableStack()
  const { embedders, ...served } = await openServed(options, opened)
  const stopping = new AbortController()
  const common = {
    ...settings,
    stopping: stopping.signal,
    clientOf: clientAddress,
    onError: (error: unknown, { method, path }: { method: string; path: string }) =>
      tell(`${method} ${path}: ${describeError(error, options.verbose)}`),
  }
  const openedLater = opened.use(new AsyncDisposableStack())
  const app =
    options.page && existsSync(pageFolder)
      ? pageServer({ served, embedders, options, opened: openedLater, settings: { ...common, page: pageFolder } })
      : createServer({ ...common, models: served.models, embedders })
  const server = await listenAt(app, options)
  const models = opened.move()
  return {
    url: server.url,
    llavas: served.llavas,
    async finish() {
      stopping.abort()
      await server.close(GRACE)
    },
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await server.close(0)
      await models.disposeAsync()
    },
  }
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
