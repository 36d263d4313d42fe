import { LlamaLanguageModel, llamaConfigSchema } from "@llava/llama"
import { type Device, Tensor } from "@llava/tensor"
import { decoderSizes } from "../../data/decoder-sizes.ts"
import { randomIds } from "../../data/random-ids.ts"
import type { DecoderWork } from "../../plan/work.ts"
import type { Prepared } from "../contestant.ts"
import { fillRandomly } from "./fill-randomly.ts"

/** A decoder of SmolLM2's sizes with random int4 weights. */
export async function prepareDecoder(device: Device, { phase, tokens, layers }: DecoderWork): Promise<Prepared> {
  const config = llamaConfigSchema.parse({ ...decoderSizes, num_hidden_layers: layers })
  const model = new LlamaLanguageModel(config, device)
  await fillRandomly(device, model, "int4")
  const cache = model.createCache({ batch: 1, capacity: tokens + 1 })
  const ids = randomIds("ids", tokens + 1, config.vocab_size)
  let dispatches = 0
  const logitsAfter = async (kept: number, next: Int32Array) => {
    cache.truncate(kept)
    const before = device.dispatches
    using logits = lastLogits(device, model, cache, next)
    dispatches = device.dispatches - before
    return (await logits.read()) as Float32Array
  }
  if (phase === "decode") await logitsAfter(0, ids.subarray(0, tokens))
  return {
    run: () =>
      phase === "decode" ? logitsAfter(tokens, ids.subarray(tokens)) : logitsAfter(0, ids.subarray(0, tokens)),
    facts: () => ({ dispatches, "dispatches per layer": dispatches / layers }),
    async [Symbol.asyncDispose]() {
      cache[Symbol.dispose]()
      model[Symbol.dispose]()
    },
  }
}

function lastLogits(
  device: Device,
  model: LlamaLanguageModel,
  cache: ReturnType<LlamaLanguageModel["createCache"]>,
  ids: Int32Array,
): Tensor {
  using scope = device.scope()
  const embedded = model.embed(Tensor.from(device, ids, [1, ids.length])) // [1, tokens, hiddenSize]
  const hidden = model.forward(embedded, { cache })
  return scope.keep(model.logits(hidden, [ids.length - 1])) // [1, vocabSize]
}
