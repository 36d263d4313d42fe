import { RandomMatrix } from "../../data/random-matrix.ts"
import { randomValues } from "../../data/random-values.ts"
import type { Work } from "../../plan/work.ts"
import type { Contestant, Prepared } from "../contestant.ts"
import { giveBrowserGpu } from "../give-browser-gpu.ts"
import { loadPeer } from "../load-peer.ts"
import { peerVersion } from "../peer-version.ts"
import { unsupported } from "../unsupported.ts"
import { prepareTraining } from "./prepare-training.ts"
import type { Tfjs } from "./tfjs.ts"

/** TensorFlow.js on Dawn. It has f32 products only. */
export async function openTfjs(): Promise<Contestant> {
  const adapter = await giveBrowserGpu()
  Object.assign(globalThis, { self: globalThis })
  // The backend asks what an input is an instance of.
  const elements = ["HTMLVideoElement", "HTMLCanvasElement", "HTMLImageElement"]
  for (const name of elements) Object.assign(globalThis, { [name]: class {} })
  const tf = await loadPeer<Tfjs>("@tensorflow/tfjs")
  await loadPeer("@tensorflow/tfjs-backend-webgpu")
  if (!(await tf.setBackend("webgpu"))) throw new Error("TensorFlow.js does not take this adapter")
  await tf.ready()
  return { version: peerVersion("@tensorflow/tfjs"), adapter, prepare: (work) => prepare(tf, work) }
}

async function prepare(tf: Tfjs, work: Work): Promise<Prepared> {
  if (work.kind === "training") return prepareTraining(tf, work)
  if (work.kind !== "matmul" || work.format !== "f32") unsupported("TensorFlow.js", work)
  const { rows, inputs, outputs } = work
  const values = randomValues("x", rows * inputs)
  const transposed = new RandomMatrix("weight", "f32", outputs, inputs).transposed() as Float32Array
  const weight = tf.tensor2d(transposed, [inputs, outputs])
  return {
    async run() {
      const x = tf.tensor2d(values, [rows, inputs])
      const y = tf.matMul(x, weight)
      const result = await y.data()
      x.dispose()
      y.dispose()
      return result
    },
    async [Symbol.asyncDispose]() {
      weight.dispose()
    },
  }
}
