import type { Context } from "hono"
import type { z } from "zod"
import type { RequestVariables, ServerContext } from "../server-context.ts"

/** One thing that the server does: what routes requests to it and what describes it are made of the same words. */
export interface Route {
  method: "get" | "post" | "delete"
  /** As OpenAPI writes it: `/v1/files/{id}`. */
  path: string
  summary: string
  /** Needs no API key. */
  open?: true
  body?: { type: "application/json" | "multipart/form-data"; schema: z.ZodType }
  /** What it answers, by media type; without schema it is text. */
  replies: Readonly<Record<string, z.ZodType | undefined>>
  handle(server: ServerContext, c: Context<RequestVariables>): Response | Promise<Response>
}
