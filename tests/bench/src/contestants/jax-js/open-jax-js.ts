import { RandomMatrix } from "../../data/random-matrix.ts"
import { randomValues } from "../../data/random-values.ts"
import type { Work } from "../../plan/work.ts"
import type { Contestant, Prepared } from "../contestant.ts"
import { giveBrowserGpu } from "../give-browser-gpu.ts"
import { loadPeer } from "../load-peer.ts"
import { peerVersion } from "../peer-version.ts"
import { unsupported } from "../unsupported.ts"
import type { JaxJs } from "./jax-js.ts"
import { prepareTraining } from "./prepare-training.ts"

/** jax-js on Dawn, products in f32. */
export async function openJaxJs(): Promise<Contestant> {
  const adapter = await giveBrowserGpu()
  const jax = await loadPeer<JaxJs>("@jax-js/jax")
  if (!(await jax.init("webgpu")).includes("webgpu")) throw new Error("jax-js does not take this adapter")
  jax.defaultDevice("webgpu")
  return { version: peerVersion("@jax-js/jax"), adapter, prepare: (work) => prepare(jax, work) }
}

async function prepare(jax: JaxJs, work: Work): Promise<Prepared> {
  if (work.kind === "training") return prepareTraining(jax, work)
  if (work.kind !== "matmul" || work.format !== "f32") unsupported("jax-js", work)
  const { numpy } = jax
  const { rows, inputs, outputs } = work
  const values = randomValues("x", rows * inputs)
  const transposed = new RandomMatrix("weight", "f32", outputs, inputs).transposed() as Float32Array
  const weight = numpy.array(transposed, { shape: [inputs, outputs] })
  return {
    run: () => numpy.matmul(numpy.array(values, { shape: [rows, inputs] }), weight.ref).data(),
    async [Symbol.asyncDispose]() {
      weight.dispose()
    },
  }
}
