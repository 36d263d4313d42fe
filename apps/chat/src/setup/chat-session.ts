import type { RgbImage } from "@llava/core"
import type { GenerateOptions, Llava } from "@llava/model"

/** An opened model and what every question to it has in common. */
export interface ChatSession {
  /** As the user named it. */
  name: string
  /** The one that is open at the moment: a server beside the chat opens it again when its GPU is lost. */
  readonly model: Llava
  isServed: boolean
  /** Of the command line: `paths[i]` is where `images[i]` came from. */
  paths: readonly string[]
  images: readonly RgbImage[]
  settings: GenerationSettings
  json: boolean
  loadMs: number
}

export type GenerationSettings = Omit<GenerateOptions, "messages" | "signal">
