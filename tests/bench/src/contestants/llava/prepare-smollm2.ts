import { openModel } from "@llava/hub"
import { argMax, type Device, Tensor } from "@llava/tensor"
import { promptText } from "../../data/prompt-text.ts"
import { DECODED_TOKENS, type Smollm2Work } from "../../plan/work.ts"
import type { Prepared } from "../contestant.ts"

/** SmolLM2 from its file. A run ends with the ids of the tokens that it chose, greedily. */
export async function prepareSmollm2(device: Device, { phase, file, tokens }: Smollm2Work): Promise<Prepared> {
  const model = await openModel(file, { device })
  const { languageModel, tokenizer } = model
  const ids = Int32Array.from(tokenizer.encode(promptText.repeat(Math.ceil(tokens / 50)))).subarray(0, tokens)
  const cache = languageModel.createCache({ batch: 1, capacity: tokens + DECODED_TOKENS })
  const paths = Array.from(languageModel.namedParameters(), ([path]) => path)
  const layers = new Set(paths.flatMap((path) => path.match(/\blayers\.\d+/) ?? [])).size
  let dispatches = 0
  const next = async (given: Int32Array) => {
    const before = device.dispatches
    using best = bestNext(given)
    dispatches = device.dispatches - before
    return (await best.read())[0]!
  }
  const bestNext = (given: Int32Array): Tensor => {
    using scope = device.scope()
    const embedded = languageModel.embed(Tensor.from(device, given, [1, given.length])) // [1, tokens, hiddenSize]
    const hidden = languageModel.forward(embedded, { cache })
    return scope.keep(argMax(languageModel.logits(hidden, [given.length - 1]))) // [1]
  }
  if (phase === "decode") await next(ids)
  return {
    async run() {
      if (phase === "prefill") {
        cache.truncate(0)
        return Int32Array.of(await next(ids))
      }
      cache.truncate(tokens - 1)
      const chosen: number[] = []
      let last = ids.at(-1)!
      while (chosen.length < DECODED_TOKENS) {
        last = await next(Int32Array.of(last))
        chosen.push(last)
      }
      return Int32Array.from(chosen)
    },
    facts: () => ({ dispatches, "dispatches per layer": dispatches / layers }),
    async [Symbol.asyncDispose]() {
      cache[Symbol.dispose]()
      await model[Symbol.asyncDispose]()
    },
  }
}
