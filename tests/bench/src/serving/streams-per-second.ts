// Tokens a second of many answers at once beside one after the other, from one model. Prints one JSON line.
// Run: node --conditions=@llava/source tests/bench/src/serving/streams-per-second.ts [--streams 100] [--tokens 64]
//      [--concurrent 32] [--prefill 128] [--model NAME_OR_FOLDER]
import { parseArgs } from "node:util"
import { openModel } from "@llava/hub"
import { BatchEngine, type GenerateOptions, type Generation } from "@llava/model"
import { openDevice } from "@llava/tensor"
import { randomModel } from "./random-model.ts"

const { values } = parseArgs({
  options: {
    streams: { type: "string", default: "100" },
    tokens: { type: "string", default: "64" },
    concurrent: { type: "string", default: "32" },
    prefill: { type: "string", default: "128" },
    /** Default: random weights of nano's sizes. */
    model: { type: "string" },
  },
})
const [streams, tokens] = [Number(values.streams), Number(values.tokens)]

await using device = await openDevice()
await using model = values.model === undefined ? await randomModel(device) : await openModel(values.model, { device })
using engine = new BatchEngine(model, {
  maxConcurrent: Number(values.concurrent),
  prefillTokens: Number(values.prefill),
})

const request = (index: number): GenerateOptions => ({
  messages: [{ role: "user", content: `Question ${index}: what is there to be seen?` }],
  maxNewTokens: tokens,
  ignoreEndOfSequence: true,
  temperature: 0.8,
  seed: index,
})

interface Run {
  tokensPerSecond: number
  dispatchesPerToken: number
  /** Of this process, in which a software adapter computes: unlike time, it does not depend on what else is running. */
  processorMsPerToken: number
  firstTokenMs: { median: number; worst: number }
  answers: number[][]
}

async function measure(
  answer: (options: GenerateOptions) => Generation,
  indices: number[],
  atOnce: boolean,
): Promise<Run> {
  const dispatches = device.dispatches
  const firsts: number[] = []
  const answers: number[][] = []
  const processor = process.cpuUsage()
  const begin = performance.now()
  const one = async (index: number) => {
    const asked = performance.now()
    const reply = answer(request(index))
    const pieces = reply[Symbol.asyncIterator]()
    await pieces.next()
    firsts.push(performance.now() - asked)
    answers[index] = (await reply.result).tokenIds
  }
  if (atOnce) await Promise.all(indices.map(one))
  else for (const index of indices) await one(index)
  const seconds = (performance.now() - begin) / 1000
  const { user, system } = process.cpuUsage(processor)
  const made = indices.reduce((sum, index) => sum + answers[index]!.length, 0)
  firsts.sort((a, b) => a - b)
  return {
    tokensPerSecond: made / seconds,
    dispatchesPerToken: (device.dispatches - dispatches) / made,
    processorMsPerToken: (user + system) / 1000 / made,
    firstTokenMs: { median: firsts[Math.floor(firsts.length / 2)]!, worst: firsts.at(-1)! },
    answers,
  }
}

const all = Array.from({ length: streams }, (_, index) => index)
// As many as were measured, to compile everything; then few are enough for the pace of one after the other.
await measure((options) => engine.generate({ ...options, maxNewTokens: 8 }), all, true)
const alone = all.slice(0, 4)
await measure((options) => model.generate({ ...options, maxNewTokens: 8 }), alone, false)
engine.forget()

const one = await measure((options) => model.generate(options), alone, false)
const many = await measure((options) => engine.generate(options), all, true)
const different = alone.filter((index) => one.answers[index]!.join() !== many.answers[index]!.join())
const rounded = (value: number) => Number(value.toPrecision(3))
const figures = ({ tokensPerSecond, dispatchesPerToken, processorMsPerToken, firstTokenMs }: Run) => ({
  tokensPerSecond: rounded(tokensPerSecond),
  dispatchesPerToken: rounded(dispatchesPerToken),
  processorMsPerToken: rounded(processorMsPerToken),
  firstTokenMs: { median: Math.round(firstTokenMs.median), worst: Math.round(firstTokenMs.worst) },
})
console.log(
  JSON.stringify({
    adapter: device.profile.name,
    streams,
    oneAfterTheOther: figures(one),
    atOnce: figures(many),
    timesFaster: rounded(many.tokensPerSecond / one.tokensPerSecond),
    timesFewerDispatches: rounded(one.dispatchesPerToken / many.dispatchesPerToken),
    timesLessProcessor: rounded(one.processorMsPerToken / many.processorMsPerToken),
    differentAnswers: different.length,
    statistics: engine.statistics,
    bytes: device.memory,
  }),
)
