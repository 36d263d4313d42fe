import { type LlamaConfig, llama } from "@llava/llama"
import { AdamW, clipGradients, openDevice, Tensor } from "@llava/tensor"
import { accumulateGradients, type Objective } from "@llava/train"
import { randomValues } from "../support/random.ts"

// Trains a small model and prints what it holds after some steps: node --expose-gc measure-run.ts 100 10000
const reports = new Set(process.argv.slice(2).map(Number))
const steps = Math.max(...reports)
const collect = (globalThis as { gc?: (options: object) => void }).gc
if (!collect) throw new Error("This needs node --expose-gc.")

await using device = await openDevice()
const config = llama.configSchema["~standard"].validate({
  ...{ hidden_size: 32, intermediate_size: 64, num_hidden_layers: 2, num_attention_heads: 4 },
  ...{ vocab_size: 64, max_position_embeddings: 32 },
})
if (config instanceof Promise || config.issues) throw new Error("The config of the small model is wrong.")
using model = llama.build(config.value as LlamaConfig, device)
for (const [index, [, parameter]] of [...model.namedParameters()].entries()) {
  const values = randomValues(
    parameter.shape.reduce((a, b) => a * b, 1),
    index + 1,
  ).map((value) => (parameter.shape.length === 1 ? 1 : value / 4))
  parameter.set(Tensor.from(device, values, parameter.shape))
  parameter.trainable = true
}
const trained = [...model.namedParameters()]
const objective: Objective<Int32Array> = {
  device,
  namedParameters: () => trained,
  terms: (ids) => ids.length - 1,
  loss(ids) {
    using scope = device.scope()
    const tokens = Tensor.from(device, ids, [1, ids.length])
    return scope.keep(model.loss(model.forward(model.embed(tokens)), tokens))
  },
}
using optimizer = new AdamW([{ parameters: trained }])

async function step(index: number): Promise<number> {
  // Lengths change from step to step, as with real data.
  const ids = Int32Array.from({ length: 8 + (index % 9) }, (_, token) => (token * 7 + (index % 4)) % 64)
  const { losses, terms } = accumulateGradients(objective, [ids], "tokens")
  const clipped = clipGradients(
    trained.map(([, parameter]) => parameter),
    { maxNorm: 1 },
  )!
  optimizer.step({ learningRate: 1e-3, gradientFactor: clipped.factor })
  optimizer.clearGradients()
  const [sum] = await losses[0]!.read()
  for (const tensor of [...losses, clipped.norm, clipped.factor]) tensor.dispose()
  return sum! / terms
}

async function report(steps: number, loss: number): Promise<void> {
  for (let round = 0; round < 3; round++) {
    // This one gives the room of young objects back too, which otherwise stays as large as it ever was.
    collect!({ type: "major", execution: "sync", flavor: "last-resort" })
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const { liveBuffers, liveBytes, pooledBytes } = device.memory
  const { rss, heapUsed } = process.memoryUsage()
  process.stdout.write(`${JSON.stringify({ steps, loss, liveBuffers, liveBytes, pooledBytes, rss, heapUsed })}\n`)
}

for (let index = 0; index < steps; index++) {
  const loss = await step(index)
  // What waits for the collector holds memory outside of its heap, and the system's allocator keeps the most that ever
  // waited. The collector comes the later the busier the machine is: called this often, it bounds the most to what these
  // steps leave, early and late.
  if (index % 50 === 49) collect({ type: "major", execution: "sync" })
  if (reports.has(index + 1)) await report(index + 1, loss)
}
