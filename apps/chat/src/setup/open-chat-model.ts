import type { HubSettings } from "@llava/app-common"
import { type OpenProgress, openModel } from "@llava/hub"
import type { Llava, Part } from "@llava/model"
import type { ModelOptions } from "../command-line/chat-options.ts"
import { modelPlace } from "./model-place.ts"

export interface OpenChatModelOptions {
  options: ModelOptions
  hub: HubSettings
  parts: readonly Part[]
  onProgress: (progress: OpenProgress) => void
}

/** Opens the model that the command line names. */
export function openChatModel(name: string, { options, hub, parts, onProgress }: OpenChatModelOptions): Promise<Llava> {
  const { dtype, template, tokenizer, mmproj, base, revision } = options
  return openModel(modelPlace(name), {
    ...hub,
    offline: hub.offline || options.offline,
    parts,
    dtype,
    ...(template === undefined ? {} : { template }),
    ...(tokenizer === undefined ? {} : { tokenizer }),
    ...(mmproj === undefined ? {} : { mmproj }),
    ...(base === undefined ? {} : { base }),
    ...(revision === undefined ? {} : { revision }),
    onProgress,
  })
}
