import type { MiddlewareHandler } from "hono"
import type { ServerMetrics } from "./server-metrics.ts"

/** Counts the requests of one route. */
export function measureRequest(metrics: ServerMetrics, route: string): MiddlewareHandler {
  return async (c, next) => {
    const start = performance.now()
    await next()
    metrics.request(route, c.res.status, (performance.now() - start) / 1000)
  }
}
