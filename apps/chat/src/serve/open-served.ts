import { existsSync } from "node:fs"
import { basename, resolve } from "node:path"
import { loadParts, ProgressReport, readEnvironment } from "@llava/app-common"
import { type OpenProgress, openClip } from "@llava/hub"
import type { ServedEmbedder } from "@llava/server"
import { ChatError } from "../chat-error.ts"
import { tell } from "../output/tell.ts"
import { openChatModel } from "../setup/open-chat-model.ts"
import { keepOpen } from "./keep-open.ts"
import { type Served, serveModel } from "./serve-model.ts"
import type { ServeOptions } from "./serve-options.ts"

/** Opens every model that is to be served, one after the other; they close with `opened`. */
export async function openServed(
  options: ServeOptions,
  opened: AsyncDisposableStack,
): Promise<Served & { embedders: ServedEmbedder[] }> {
  const parts = await loadParts(options.part, process.cwd())
  const hub = await readEnvironment(process.env)
  const report = ProgressReport.onStandardError()
  const served: Served = { models: [], llavas: new Map() }
  const { models } = served
  const embedders: ServedEmbedder[] = []
  try {
    for (const name of options.model) {
      const id = servedName(name, models)
      const open = (onProgress: (progress: OpenProgress) => void) =>
        openChatModel(name, { options, hub, parts, onProgress })
      const model = await open(report.opening)
      serveModel(id, model, { served, options, opened, reopen: () => open(() => undefined) })
      report.finish()
      tell(`${id} is ready.`)
    }
    for (const name of options.embeddings) {
      const id = servedName(name, [...models, ...embedders])
      const open = () => openClip(name, { ...hub, offline: hub.offline || options.offline })
      const clip = await open()
      const entry: ServedEmbedder = { id, embedder: clip }
      embedders.push(entry)
      const kept = keepOpen(clip, {
        entry,
        open,
        use(clip) {
          entry.embedder = clip
        },
      })
      opened.use(kept)
      tell(`${id} is ready.`)
    }
  } finally {
    report.finish()
  }
  return { ...served, embedders }
}

/** What requests call a model: as it was named here, but of a path only the last part, which tells nothing of the machine. */
function servedName(name: string, others: readonly { id: string }[]): string {
  const id = existsSync(name) ? basename(resolve(name)) : name
  if (others.every((other) => other.id !== id)) return id
  throw new ChatError(`Two models would be called ${id}.`, { code: "command-line", fix: "Rename one of the folders." })
}
