import { once } from "node:events"
import { createServer, type Server, type ServerResponse } from "node:http"
import type { AddressInfo, Socket } from "node:net"
import { getRequestListener } from "@hono/node-server"
import { ApiError } from "../error/api-error.ts"
import { errorReply } from "../error/error-reply.ts"

export interface ListenOptions {
  /** Default: any that is free. */
  port?: number
  /** Default `127.0.0.1`: this machine alone. */
  hostname?: string
  /** Seconds in which the head of a request must have arrived. Default 10. */
  headSeconds?: number
}

/** A server that listens. */
export interface Listening {
  readonly url: string
  readonly port: number
  /** Takes no more connections, lets requests go on for so many seconds (default 30), then breaks them off. */
  close(graceSeconds?: number): Promise<void>
}

/** Serves a Hono app in Node. Errors: Node's own where the port is taken or the address is not this machine's. */
export async function listen(
  app: { fetch(request: Request, bindings: object): Response | Promise<Response> },
  { port = 0, hostname = "127.0.0.1", headSeconds = 10 }: ListenOptions = {},
): Promise<Listening> {
  const listener = getRequestListener((request, bindings) => app.fetch(request, bindings), {
    // The rest of the process keeps its own Request and Response.
    overrideGlobalObjects: false,
    errorHandler: () => Response.json(refusal(400, "The request cannot be understood."), { status: 400 }),
  })
  const server = createServer(
    // The app itself looks at Host, and refuses in its own words.
    { headersTimeout: headSeconds * 1000, connectionsCheckingInterval: 1000, requireHostHeader: false },
    listener,
  )
  // The app itself limits how long a body may take, and says so.
  server.requestTimeout = 0
  server.on("clientError", refuseUnreadable)
  server.on("checkContinue", (request, response: ServerResponse) => {
    response.writeContinue()
    server.emit("request", request, response)
  })
  server.listen(port, hostname)
  await once(server, "listening")
  const address = server.address() as AddressInfo
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address
  return {
    url: `http://${host}:${address.port}`,
    port: address.port,
    close: (graceSeconds = 30) => close(server, graceSeconds),
  }
}

async function close(server: Server, graceSeconds: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), graceSeconds * 1000)
  await closed
  clearTimeout(timer)
}

/** What is no HTTP, or comes too slowly, is answered and cut off. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy()
    return
  }
  const [status, message] =
    error.code === "ERR_HTTP_REQUEST_TIMEOUT"
      ? (["408 Request Timeout", "The request did not arrive in time."] as const)
      : error.code === "HPE_HEADER_OVERFLOW"
        ? (["431 Request Header Fields Too Large", "The headers are too large."] as const)
        : (["400 Bad Request", "The request is not valid HTTP."] as const)
  const body = JSON.stringify(refusal(400, message))
  const head = ["content-type: application/json", `content-length: ${Buffer.byteLength(body)}`, "connection: close"]
  socket.end(`HTTP/1.1 ${status}\r\n${head.join("\r\n")}\r\n\r\n${body}`)
}

function refusal(status: 400, message: string) {
  return errorReply(new ApiError(message, { status, code: "invalid_request" }))
}
