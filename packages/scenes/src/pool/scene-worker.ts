import { parentPort, workerData } from "node:worker_threads"
import { loadSprites } from "../sprite/load-sprites.ts"
import { finishScenes } from "./finish-scenes.ts"
import type { SceneJob, SceneOutcome, ThreadData } from "./scene-job.ts"

// A thread of the pool: a job in, drawn scenes out.
const { world, cacheFolder } = workerData as ThreadData
const port = parentPort!
const sprites = loadSprites(world, { cacheFolder })
port.on("message", async (job: SceneJob) => {
  try {
    const scenes = await finishScenes(world, await sprites, job)
    const buffers = scenes.map(({ data }) => data.buffer as ArrayBuffer)
    port.postMessage({ scenes } satisfies SceneOutcome, buffers)
  } catch (error) {
    port.postMessage({ error } satisfies SceneOutcome)
  }
})
