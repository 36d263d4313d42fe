/**
 * Runs a LLaVA with a part of its own beside the numbers of transformers, and prints how far each is off as JSON.
 * The test copies it into an installed example and starts it there: node measure.ts FOLDER EXPECTED
 */
import { resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { openCheckpoint, type StoredTensor } from "@llava/checkpoint"
import { clipVision } from "@llava/clip"
import { llama } from "@llava/llama"
import { type LanguageModel, loadParts, type Part, spliceBatch } from "@llava/model"
import { mlpProjector } from "@llava/projector"
import { argMax, openDevice, Tensor } from "@llava/tensor"

const IMAGE_TOKEN = 95
const [folder, file] = process.argv.slice(2) as [string, string]
const { default: part }: { default: Part } = await import(pathToFileURL(resolve("index.ts")).href)

await using expected = await openCheckpoint(file)
const stored = (name: string): StoredTensor => expected.tensors.get(name)!
async function numbers(name: string): Promise<Float32Array> {
  const { buffer, byteOffset, byteLength } = await stored(name).read()
  return new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer)
}
const integers = async (name: string): Promise<Int32Array> => new Int32Array((await numbers(name)).buffer)

const errors: Record<string, number> = {}
function compare(name: string, actual: ArrayLike<number>, wanted: ArrayLike<number>): void {
  if (actual.length !== wanted.length) throw new Error(`${name}: ${actual.length} numbers for ${wanted.length}.`)
  let difference = 0
  let largest = 0
  for (let i = 0; i < wanted.length; i++) {
    difference = Math.max(difference, Math.abs(actual[i]! - wanted[i]!))
    largest = Math.max(largest, Math.abs(wanted[i]!))
    if (Number.isNaN(actual[i]!)) difference = Number.POSITIVE_INFINITY
  }
  errors[name] = difference / (1e-6 + largest)
}

await using device = await openDevice()
const loaded = await loadParts(folder, { device, parts: [clipVision, mlpProjector, llama, part] })
using encoder = loaded.encoder!
using projector = loaded.projector!
using languageModel = loaded.languageModel
const { selectLayers, selectFeature } = loaded.manifest.image!

using pixels = Tensor.from(device, await numbers("pixels"), stored("pixels").shape)
for (let layer = 0; layer <= encoder.layers; layer++) {
  using state = encoder.encode(pixels, { layers: [layer], feature: "cls_patch" })
  compare(`hidden_states.${layer}`, (await state.read()) as Float32Array, await numbers(`hidden_states.${layer}`))
}
using seen = encoder.encode(pixels, { layers: selectLayers, feature: selectFeature })
using features = projector.project(seen)
compare("features", (await features.read()) as Float32Array, await numbers("features"))

const [batch, width] = stored("ids").shape as [number, number]
const [ids, labels, lengths] = await Promise.all([integers("ids"), integers("labels"), integers("lengths")])
const rows = Array.from({ length: batch }, (_, row) => {
  const tokens = [...ids.subarray(row * width, row * width + lengths[row]!)]
  // The first of an image's tokens stands for all of them.
  return { ids: tokens.flatMap((id, at) => (id !== IMAGE_TOKEN ? id : tokens[at - 1] === IMAGE_TOKEN ? [] : -200)) }
})
const spliced = spliceBatch(languageModel, device, rows, features)
using embeddings = spliced.embeddings
using hidden = languageModel.forward(embeddings, { lengths: spliced.lengths })
const valid = rows.flatMap((_, row) => Array.from({ length: lengths[row]! }, (_, token) => row * width + token))
using logits = languageModel.logits(hidden, valid)
const wantedLogits = await numbers("logits")
const size = languageModel.vocabSize
const wantedRows = valid.flatMap((row) => [...wantedLogits.subarray(row * size, (row + 1) * size)])
compare("logits", (await logits.read()) as Float32Array, wantedRows)

using labelTensor = Tensor.from(device, labels, [batch, width])
using lossTensor = languageModel.loss(hidden, labelTensor)
const [sum, count] = (await lossTensor.read()) as Float32Array
compare("loss", [sum! / count!], await numbers("loss"))

const greedy = await continueGreedily(languageModel, embeddings, lengths[0]!, (await integers("greedy")).length)
const same = JSON.stringify(greedy) === JSON.stringify([...(await integers("greedy"))])
console.log(JSON.stringify({ software: device.profile.software, errors, greedy: same ? "equal" : greedy }))

/** The likeliest tokens after the first row, through a cache. */
async function continueGreedily(model: LanguageModel, batch: Tensor, length: number, count: number): Promise<number[]> {
  using cache = model.createCache({ batch: 1, capacity: length + count })
  using first = Tensor.from(device, ((await batch.read()) as Float32Array).slice(0, length * model.hiddenSize), [
    1,
    length,
    model.hiddenSize,
  ])
  const choose = (input: Tensor): Tensor => {
    using scope = device.scope()
    const hidden = model.forward(input, { cache })
    return scope.keep(argMax(model.logits(hidden, [input.shape[1]! - 1])))
  }
  const embed = (id: number): Tensor => {
    using scope = device.scope()
    return scope.keep(model.embed(Tensor.from(device, Int32Array.of(id), [1, 1])))
  }
  const chosen: number[] = []
  using likeliest = choose(first)
  chosen.push((await likeliest.read())[0]!)
  while (chosen.length < count) {
    using input = embed(chosen.at(-1)!)
    using next = choose(input)
    chosen.push((await next.read())[0]!)
  }
  return chosen
}
