import { loadParts, ProgressReport, readEnvironment } from "@llava/app-common"
import { decodeImage, type RgbImage } from "@llava/core"
import type { Llava } from "@llava/model"
import type { ChatOptions } from "../command-line/chat-options.ts"
import { tell } from "../output/tell.ts"
import type { ChatSession } from "./chat-session.ts"
import { generationSettings } from "./generation-settings.ts"
import { openChatModel } from "./open-chat-model.ts"
import { unfamiliarPicture } from "./unfamiliar-picture.ts"

/**
 * Pictures and parts come first: what is wrong with them is said before gigabytes are loaded. `served` gives the model
 * where a server has opened it, and closes it.
 */
export async function openSession(name: string, options: ChatOptions, served?: () => Llava): Promise<ChatSession> {
  const images: RgbImage[] = []
  for (const path of options.image) images.push(await decodeImage(path))
  const parts = await loadParts(options.part, process.cwd())
  const hub = await readEnvironment(process.env)
  const report = ProgressReport.onStandardError()
  const start = performance.now()
  try {
    const model = served?.() ?? (await openChatModel(name, { options, hub, parts, onProgress: report.opening }))
    const loadMs = performance.now() - start
    report.finish()
    if (!served) tell(`${name} is ready after ${(loadMs / 1000).toFixed(1)} s.`)
    for (const [index, image] of images.entries()) {
      const remark = await unfamiliarPicture(model, image)
      if (remark !== undefined) tell(`${options.image[index]}: ${remark}`)
    }
    return {
      name,
      get model() {
        return served?.() ?? model
      },
      isServed: served !== undefined,
      paths: options.image,
      images,
      settings: generationSettings(options),
      json: options.json,
      loadMs,
    }
  } catch (error) {
    report.finish()
    throw error
  }
}
