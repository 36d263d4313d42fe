import { existsSync } from "node:fs"
import { basename, resolve } from "node:path"
import { loadParts, ProgressReport, readEnvironment } from "@llava/app-common"
import { openClip } from "@llava/hub"
import type { Llava } from "@llava/model"
import type { ServedEmbedder, ServedModel } from "@llava/server"
import { ChatError } from "../chat-error.ts"
import { tell } from "../output/tell.ts"
import { openChatModel } from "../setup/open-chat-model.ts"
import { ChatEngine } from "./chat-engine.ts"
import type { ServeOptions } from "./serve-options.ts"

/** Opens every model that is to be served, one after the other; they close with `models`. */
export async function openServed(
  options: ServeOptions,
  opened: AsyncDisposableStack,
): Promise<{ models: ServedModel[]; embedders: ServedEmbedder[]; llavas: Map<string, Llava> }> {
  const parts = await loadParts(options.part, process.cwd())
  const hub = await readEnvironment(process.env)
  const report = ProgressReport.onStandardError()
  const models: ServedModel[] = []
  const llavas = new Map<string, Llava>()
  const embedders: ServedEmbedder[] = []
  try {
    for (const name of options.model) {
      const model = opened.use(await openChatModel(name, { options, hub, parts, onProgress: report.opening }))
      const id = servedName(name, models)
      llavas.set(id, model)
      const engine = opened.use(new ChatEngine(model, options))
      report.finish()
      tell(`${id} is ready.`)
      models.push({ id, engine, ...(options.temperature !== undefined && { temperature: options.temperature }) })
    }
    for (const name of options.embeddings) {
      const embedder = opened.use(await openClip(name, { ...hub, offline: hub.offline || options.offline }))
      const id = servedName(name, [...models, ...embedders])
      tell(`${id} is ready.`)
      embedders.push({ id, embedder })
    }
  } finally {
    report.finish()
  }
  return { models, embedders, llavas }
}

/** What requests call a model: as it was named here, but of a path only the last part, which tells nothing of the machine. */
function servedName(name: string, others: readonly { id: string }[]): string {
  const id = existsSync(name) ? basename(resolve(name)) : name
  if (others.every((other) => other.id !== id)) return id
  throw new ChatError(`Two models would be called ${id}.`, { code: "command-line", fix: "Rename one of the folders." })
}
