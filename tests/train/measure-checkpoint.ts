/**
 * Trains the LLaMA of the benchmark `training-step` (4 layers, 256 wide, 4,096 words, 16 x 128 tokens) and prints what its
 * checkpoints cost: seconds of a step and of a checkpoint, and the part of a run that keeps one every 100 steps.
 *
 *     node --conditions=@llava/source tests/train/measure-checkpoint.ts [STEPS, 100] [BETWEEN CHECKPOINTS, 100]
 */
import { mkdtemp, readdir, rm, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type LlamaConfig, llama } from "@llava/llama"
import { initialiseModule, parsePartConfig } from "@llava/model"
import { openDevice, Tensor } from "@llava/tensor"
import { type Objective, parseRecipe, trainObjective } from "@llava/train"
import { randomValues } from "../support/random.ts"

const [steps = 100, every = 100] = process.argv.slice(2).map(Number)
const [rows, tokens, words] = [16, 128, 4096]
const shape = { hidden_size: 256, intermediate_size: 688, num_hidden_layers: 4, num_attention_heads: 4 }

await using device = await openDevice()
const config = { ...shape, vocab_size: words, max_position_embeddings: tokens }
using model = llama.build(await parsePartConfig<LlamaConfig>(llama.configSchema, config, "the LLaMA measured"), device)
initialiseModule(model, device, 1, (path) => (path.includes("embed_tokens") ? 0.02 : undefined))
const objective: Objective<Int32Array> = {
  device,
  namedParameters: () => model.namedParameters(),
  terms: () => rows * (tokens - 1),
  loss(ids) {
    using scope = device.scope()
    const input = Tensor.from(device, ids, [rows, tokens])
    return scope.keep(model.loss(model.forward(model.embed(input)), input))
  },
}
const recipe = parseRecipe({ train: ["*"], learningRate: 1e-4, steps, checkpointEvery: every, keepCheckpoints: 2 })
const batch = (step: number) =>
  Int32Array.from(randomValues(rows * tokens, step), (value) => Math.floor(Math.abs(value) * 1e6) % words)

const output = await mkdtemp(join(tmpdir(), "checkpoints-"))
const stepSeconds: number[] = []
const checkpointSeconds: number[] = []
try {
  let last = performance.now()
  const run = trainObjective({ objective, recipe, batch, data: "random words", tokens: () => rows * tokens, output })
  for await (const { step, tokensPerSecond } of run) {
    const now = performance.now()
    // The rate is that of the step alone: what it does not account for went into the records and the checkpoint.
    const seconds = (rows * tokens) / tokensPerSecond
    stepSeconds.push(seconds)
    if (step > 1 && (step % every === 0 || step === steps)) checkpointSeconds.push((now - last) / 1000 - seconds)
    last = now
  }
  const folder = join(output, "checkpoints", `step-${steps}`)
  const files = await Promise.all((await readdir(folder)).map((file) => stat(join(folder, file))))
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  const [step, checkpoint] = [mean(stepSeconds), mean(checkpointSeconds)]
  const share = checkpoint / (100 * step + checkpoint)
  console.log(JSON.stringify({ steps, checkpoints: checkpointSeconds.length, step, checkpoint, bytes, share }))
} finally {
  await rm(output, { recursive: true })
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
