import type { Box } from "../drawing/draw-scene.ts"
import type { World } from "../world/world.ts"

/** What a thread gets when it starts. */
export interface ThreadData {
  world: World
  cacheFolder: string | undefined
}

/** Scenes to draw. */
export interface SceneJob {
  seeds: readonly number[]
  /** Whether PNG files are wanted instead of pixels. */
  png: boolean
}

export interface FinishedScene {
  /** RGB rows, or a PNG file. */
  data: Uint8Array
  boxes: readonly Box[]
}

/** What a thread answers: the scenes in the order of the seeds, or what went wrong. */
export type SceneOutcome = { scenes: FinishedScene[] } | { error: unknown }
