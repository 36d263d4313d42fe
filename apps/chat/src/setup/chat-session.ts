import type { RgbImage } from "@llava/core"
import type { GenerateOptions, Llava } from "@llava/model"

/** An opened model and what every question to it has in common. */
export interface ChatSession {
  /** As the user named it. */
  name: string
  model: Llava
  /** Of the command line: `paths[i]` is where `images[i]` came from. */
  paths: readonly string[]
  images: readonly RgbImage[]
  settings: GenerationSettings
  json: boolean
  loadMs: number
}

export type GenerationSettings = Omit<GenerateOptions, "messages" | "signal">
