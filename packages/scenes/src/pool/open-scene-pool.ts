import { availableParallelism } from "node:os"
import { loadSprites } from "../sprite/load-sprites.ts"
import type { World } from "../world/world.ts"
import { ScenePool } from "./scene-pool.ts"

export interface ScenePoolOptions {
  /** How many threads draw; default one less than the machine runs at once, at least one and at most eight. */
  threads?: number
  /** A folder for the rasterised emoji: the threads then start at once. */
  cacheFolder?: string
}

/**
 * Threads that draw scenes, so that training never waits for them. Close it with `await using`.
 *
 * @throws ScenesError `icons-missing`
 */
export async function openScenePool(world: World, options: ScenePoolOptions = {}): Promise<ScenePool> {
  const { cacheFolder, threads = Math.min(8, Math.max(1, availableParallelism() - 1)) } = options
  // Fills the folder once, before every thread looks into it.
  if (cacheFolder !== undefined) await loadSprites(world, { cacheFolder })
  return new ScenePool({ world, cacheFolder }, threads)
}
