import { Hono } from "hono"
import { cors } from "hono/cors"
import { createMiddleware } from "hono/factory"
import { secureHeaders } from "hono/secure-headers"
import { ApiError } from "./error/api-error.ts"
import { errorReply } from "./error/error-reply.ts"
import { toApiError } from "./error/to-api-error.ts"
import { checkHost } from "./guard/check-host.ts"
import { checkOrigin } from "./guard/check-origin.ts"
import { findApiKey } from "./guard/find-api-key.ts"
import { openContext } from "./open-context.ts"
import { servePage } from "./page/serve-page.ts"
import { chatCompletions } from "./routes/chat-completions.ts"
import { deleteFile } from "./routes/files/delete-file.ts"
import { listFiles } from "./routes/files/list-files.ts"
import { retrieveFile } from "./routes/files/retrieve-file.ts"
import { uploadFile } from "./routes/files/upload-file.ts"
import { listModels, retrieveModel } from "./routes/list-models.ts"
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
    if (refusal.status >= 500) server.report(error, c.req)
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
  const authorise = createMiddleware<RequestVariables>(async (c, next) => {
    const key = apiKeys.length === 0 ? -1 : await findApiKey(c.req.header("authorization"), apiKeys)
    if (apiKeys.length > 0 && key === -1) throw keyMissing(c.req.header("authorization") !== undefined)
    const owner = key === -1 ? "anyone" : `key ${key}`
    c.set("owner", owner)
    c.set("client", `${owner} ${clientOf?.(c) ?? ""}`)
    await next()
  })

  app.get("/health", (c) => {
    const status = server.isStopping() ? "stopping" : "ok"
    return c.json({ status }, server.isStopping() ? 503 : 200)
  })
  app.use("/v1/*", authorise)
  app.get("/v1/models", (c) => listModels(server, c))
  app.get("/v1/models/*", (c) => retrieveModel(server, c))
  app.post("/v1/chat/completions", (c) => chatCompletions(server, c))
  app.post("/v1/files", (c) => uploadFile(server, c))
  app.get("/v1/files", (c) => listFiles(server, c))
  app.get("/v1/files/:id", (c) => retrieveFile(server, c, c.req.param("id")))
  app.delete("/v1/files/:id", (c) => deleteFile(server, c, c.req.param("id")))
  if (options.page !== undefined) app.use(servePage(options.page))
  return app
}

function keyMissing(wasGiven: boolean): ApiError {
  return new ApiError(wasGiven ? "The API key is not one of this server's." : "This server wants an API key.", {
    status: 401,
    code: "invalid_api_key",
    fix: "Send it as Authorization: Bearer KEY.",
    headers: { "www-authenticate": "Bearer" },
  })
}
