import { homedir } from "node:os"
import { join } from "node:path"
import { loadParts, readEnvironment } from "@llava/app-common"
import { openModel } from "@llava/hub"
import { createServer, defaultLimits, type ServedEmbedder, type ServerOptions } from "@llava/server"
import type { OpenModel } from "../page/answer-opening.ts"
import { pageRoutes } from "../page/page-routes.ts"
import { ScenePictures } from "../page/scene-pictures.ts"
import { modelPlace } from "../setup/model-place.ts"
import { type Served, serveModel } from "./serve-model.ts"
import type { ServeOptions } from "./serve-options.ts"

type ServerApp = ReturnType<typeof createServer>

export interface PageServerOptions {
  options: ServeOptions
  /** To begin with; those that the page opens are added. */
  served: Served
  embedders: readonly ServedEmbedder[]
  /** The server without its models. */
  settings: Omit<ServerOptions, "models" | "embedders">
  /** Where models that the page opens are put, to be closed. */
  opened: AsyncDisposableStack
}

/** The server with what its page asks for besides, among which are further models. */
export function pageServer({ options, served, embedders, settings, opened }: PageServerOptions): ServerApp {
  const { models, llavas } = served
  const cache = process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache")
  const pictures = new ScenePictures(join(cache, "llava-scenes"))
  const openForPage: OpenModel = async (name, { signal, onProgress }) => {
    if (models.some(({ id }) => id === name)) return name
    const hub = await readEnvironment(process.env)
    const parts = await loadParts(options.part, process.cwd())
    const offline = hub.offline || options.offline
    const { dtype } = options
    const settings = { ...hub, offline, parts, dtype }
    const reopen = () => openModel(modelPlace(name), settings)
    const model = await openModel(modelPlace(name), { ...settings, signal, onProgress })
    serveModel(name, model, { served, options, opened, reopen })
    return name
  }
  const app = createServer({ ...settings, models, embedders })
  const { apiKeys = [] } = settings
  const limits = { ...defaultLimits, ...settings.limits }
  app.route("/", pageRoutes({ models: llavas, pictures, openModel: openForPage, apiKeys, limits }))
  return app
}
