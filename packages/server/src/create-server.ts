import { Hono } from "hono"
import { cors } from "hono/cors"
import { secureHeaders } from "hono/secure-headers"
import { ApiError } from "./error/api-error.ts"
import { errorReply } from "./error/error-reply.ts"
import { toApiError } from "./error/to-api-error.ts"
import { checkHost } from "./guard/check-host.ts"
import { checkOrigin } from "./guard/check-origin.ts"
import { ownerOf } from "./guard/owner-of.ts"
import { measureRequest } from "./metrics/measure-request.ts"
import { openContext } from "./open-context.ts"
import { openapiDocument } from "./openapi/openapi-document.ts"
import { servePage } from "./page/serve-page.ts"
import { routes } from "./routes/routes.ts"
import type { RequestVariables } from "./server-context.ts"
import type { ServerOptions } from "./server-options.ts"

const securityHeaders = secureHeaders({
  // There is no https here; whoever puts a proxy in front sets it there.
  strictTransportSecurity: false,
  xFrameOptions: "DENY",
  referrerPolicy: "no-referrer",
})

/**
 * An OpenAI-compatible server over models that are open already: a Hono app, to be served by any runtime (in Node by
 * `listen` of `@llava/server/node`).
 */
export function createServer(options: ServerOptions): Hono<RequestVariables> {
  const server = openContext(options)
  const { apiKeys = [], allowedHosts = [], allowedOrigins = [], clientOf } = options
  const app = new Hono<RequestVariables>()
  app.onError((error, c) => {
    const refusal = toApiError(error)
    // What the server refuses itself, such as questions while it stops, is no fault.
    if (refusal.status >= 500 && refusal !== error) server.report(error, c.req)
    return c.json(errorReply(refusal), refusal.status, { ...refusal.headers })
  })
  app.notFound((c) => {
    const refusal = new ApiError(`There is nothing at ${c.req.method} ${c.req.path}.`, {
      status: 404,
      code: "not_found",
    })
    return c.json(errorReply(refusal), refusal.status)
  })

  app.use(securityHeaders)
  app.use(async (c, next) => {
    const host = c.req.header("host")
    checkHost(host, allowedHosts)
    checkOrigin({ origin: c.req.header("origin"), host }, allowedOrigins)
    await next()
  })
  if (allowedOrigins.length > 0) app.use(cors({ origin: [...allowedOrigins] }))
  for (const route of routes) {
    const path = route.path.replace(/\{(\w+)\}/g, ":$1{.+}")
    app.on(route.method, path, measureRequest(server.metrics, route.path), async (c) => {
      const owner = route.open ? "anyone" : await ownerOf(c.req.header("authorization"), apiKeys)
      c.set("owner", owner)
      c.set("client", `${owner} ${clientOf?.(c) ?? ""}`)
      return await route.handle(server, c)
    })
  }
  const description = openapiDocument(routes, { needsKey: apiKeys.length > 0 })
  app.get("/openapi.json", (c) => c.json(description))
  if (options.page !== undefined) app.use(servePage(options.page))
  return app
}
