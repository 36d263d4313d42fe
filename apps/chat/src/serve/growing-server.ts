import { type Env, Hono } from "hono"

/**
 * A server that can be exchanged for another while it runs: what is under way on the old one comes to its end there.
 * `createServer` takes the models it serves once and for all; a model that is opened later comes with a new one.
 */
export function growingServer<E extends Env>(first: Hono<E>): { app: Hono<E>; exchange(next: Hono<E>): void } {
  let current = first
  const app = new Hono<E>()
  app.all("*", (c) => current.fetch(c.req.raw, c.env))
  return {
    app,
    exchange(next) {
      current = next
    },
  }
}
