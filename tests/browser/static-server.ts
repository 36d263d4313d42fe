import { createReadStream } from "node:fs"
import { stat } from "node:fs/promises"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { extname, join } from "node:path"

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
}

/** What a client asked for. */
export interface StaticRequest {
  method: string
  path: string
}

export interface StaticServerOptions {
  /** Folders by the path they are served under, such as `"/model/"`. */
  folders: Readonly<Record<string, string>>
  /** Answer 200 with this page where there is no file, as servers of single-page apps do. */
  fallback?: string
}

/** A server for files and nothing else, as the simplest ones are: no ranges, no listings, dates for validators. */
export class StaticServer implements AsyncDisposable {
  readonly requests: StaticRequest[] = []
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
  }

  static async start(options: StaticServerOptions): Promise<StaticServer> {
    const server = createServer()
    const started = new StaticServer(server)
    server.on("request", (request, response) => {
      const path = decodeURIComponent(new URL(request.url ?? "/", "http://x").pathname)
      started.requests.push({ method: request.method ?? "", path })
      void answer(request, response, path, options)
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    return started
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  { folders, fallback }: StaticServerOptions,
): Promise<void> {
  const prefixes = Object.keys(folders).sort((a, b) => b.length - a.length)
  const prefix = prefixes.find((candidate) => path.startsWith(candidate))
  const wanted = prefix === undefined ? undefined : join(folders[prefix]!, path.slice(prefix.length) || "index.html")
  const found = wanted === undefined ? undefined : await stat(wanted).catch(() => undefined)
  const file = found?.isFile() ? wanted : fallback
  if (file === undefined) {
    response.writeHead(404).end()
    return
  }
  const { size, mtime } = await stat(file)
  response.writeHead(200, {
    "content-type": types[extname(file)] ?? "application/octet-stream",
    "content-length": size,
    "last-modified": mtime.toUTCString(),
  })
  if (request.method === "HEAD") response.end()
  else createReadStream(file).pipe(response)
}
