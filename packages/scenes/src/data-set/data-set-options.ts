import type { Form } from "../dialogue/ask-options.ts"
import type { Split } from "../scene/split.ts"
import type { World } from "../world/world.ts"

export interface DataSetOptions {
  world: World
  split: Split
  /** How many scenes. */
  count: number
  /** Tells this data from other data of the same world and split: 0 to 2^20 - 1. */
  seed: number
  /** The folder; it may hold other splits of the same world. */
  out: string
  /** How questions and answers are worded; default `rich`. */
  form?: Form
  /** How many questions of each scene; default 5. */
  questions?: number
  threads?: number
  /** See `loadSprites`. */
  cacheFolder?: string
  onProgress?: (done: number) => void
  signal?: AbortSignal
}

export interface DataSetFiles {
  /** The folder of the pictures. */
  images: string
  captions: string
  instances: string
  stageOne: string
  stageTwo: string
  questions: string
  zeroShot: string
  manifest: string
}
