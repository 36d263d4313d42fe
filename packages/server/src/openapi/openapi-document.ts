import { z } from "zod"
import type { Route } from "../routes/route.ts"
import { errorSchema } from "../schema/error.ts"

type Json = Readonly<Record<string, unknown>>

/**
 * The OpenAPI 3.1 description of routes. Its schemas are those that requests and replies are checked with: OpenAPI 3.1
 * speaks the JSON Schema that zod writes.
 */
export function openapiDocument(routes: readonly Route[], { needsKey }: { needsKey: boolean }): Json {
  const registry = new Components()
  const paths: Record<string, Record<string, Json>> = {}
  for (const route of routes) {
    paths[route.path] ??= {}
    paths[route.path]![route.method] = operation(route, registry, needsKey)
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "LLaVA server",
      version: "1",
      description:
        "OpenAI's HTTP API over LLaVA models. Unknown fields are ignored unless they would change the answer.",
    },
    paths,
    components: {
      schemas: registry.schemas,
      ...(needsKey && { securitySchemes: { key: { type: "http", scheme: "bearer" } } }),
    },
  }
}

function operation({ path, summary, body, replies, open }: Route, components: Components, needsKey: boolean): Json {
  const content = (type: string, schema: z.ZodType | undefined, io: "input" | "output") => ({
    [type]: { schema: schema ? components.reference(schema, io) : { type: "string" } },
  })
  const contents = Object.entries(replies).map(([type, schema]) => content(type, schema, "output"))
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
  return {
    summary,
    ...(names.length > 0 && {
      parameters: names.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } })),
    }),
    ...(body && { requestBody: { required: true, content: content(body.type, body.schema, "input") } }),
    responses: {
      200: { description: "The answer.", content: Object.assign({}, ...contents) as Json },
      default: { description: "A refusal.", content: content("application/json", errorSchema, "output") },
    },
    ...(needsKey && !open && { security: [{ key: [] }] }),
  }
}

/** Schemas by their `id`, each written once and referred to. */
class Components {
  readonly schemas: Record<string, unknown> = {}

  reference(schema: z.ZodType, io: "input" | "output"): Json {
    const { $schema: _, $defs, ...own } = z.toJSONSchema(schema, { io, unrepresentable: "any" })
    for (const [id, definition] of Object.entries($defs ?? {})) this.#add(id, definition)
    return rewrite(own) as Json
  }

  #add(id: string, definition: object): void {
    const { id: _, ...rest } = definition as { id?: string }
    this.schemas[id] = rewrite(rest)
  }
}

/** zod puts what is referred to into `$defs` of each document. */
function rewrite(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/'))
}
