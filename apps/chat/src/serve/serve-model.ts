import type { Llava } from "@llava/model"
import type { ServedModel } from "@llava/server"
import { ChatEngine } from "./chat-engine.ts"
import { keepOpen } from "./keep-open.ts"
import type { ServeOptions } from "./serve-options.ts"

/** What a server answers with. Models are added while it runs, and replaced where a GPU was lost. */
export interface Served {
  readonly models: ServedModel[]
  /** The same by their ids, for what only they themselves can tell. */
  readonly llavas: Map<string, Llava>
}

export interface ServeModelOptions {
  served: Served
  options: Pick<ServeOptions, "maxConcurrent" | "temperature">
  /** Where the model is put, to be closed. */
  opened: AsyncDisposableStack
  /** Opens it once more. */
  reopen: () => Promise<Llava>
}

/** Serves a model that is open, and opens it again when its GPU is lost. */
export function serveModel(id: string, model: Llava, { served, options, opened, reopen }: ServeModelOptions): void {
  const { temperature } = options
  const engine = new ChatEngine(model, options)
  const entry: ServedModel = { id, engine, ...(temperature !== undefined && { temperature }) }
  served.models.push(entry)
  served.llavas.set(id, model)
  const kept = keepOpen(engine, {
    entry,
    open: async () => new ChatEngine(await reopen(), options),
    use(engine) {
      entry.engine = engine
      served.llavas.set(id, engine.model)
    },
  })
  opened.use(kept)
}
