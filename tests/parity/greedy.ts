import type { LanguageModel } from "@llava/model"
import { argMax, concat, type Device, Tensor } from "@llava/tensor"
import { readAll } from "./read-all.ts"

export interface GreedyRun {
  /** The likeliest token at each step. */
  ids: number[]
  /** Logits of all steps, `[steps, vocabSize]`. */
  logits: Float32Array
}

/** A prompt's embeddings `[1, tokens, hiddenSize]`, made anew in the caller's scope. */
export type Prompt = () => Tensor

/** Goes on from a prompt token by token, keys and values kept in a cache for `capacity` tokens. */
export async function greedyWithCache(
  device: Device,
  languageModel: LanguageModel,
  prompt: Prompt,
  { steps, capacity }: { steps: number; capacity: number },
): Promise<GreedyRun> {
  using cache = languageModel.createCache({ batch: 1, capacity })
  const ids: number[] = []
  const logits = new Float32Array(steps * languageModel.vocabSize)
  while (ids.length < steps) {
    const last = ids.at(-1)
    const [values, best] = await readAll(device, () => {
      const embeddings =
        last === undefined ? prompt() : languageModel.embed(Tensor.from(device, Int32Array.of(last), [1, 1]))
      const hidden = languageModel.forward(embeddings, { cache }) // [1, tokens, hiddenSize]
      const row = languageModel.logits(hidden, [embeddings.shape[1]! - 1]) // [1, vocabSize]
      return [row, argMax(row)]
    })
    logits.set(values!, ids.length * languageModel.vocabSize)
    ids.push(best![0]!)
  }
  return { ids, logits }
}

/** The same in one pass without a cache: what the model would have said after each of the given tokens. */
export async function greedyWithoutCache(
  device: Device,
  languageModel: LanguageModel,
  prompt: Prompt,
  ids: readonly number[],
): Promise<GreedyRun> {
  const [logits, best] = await readAll(device, () => {
    const start = prompt() // [1, tokens, hiddenSize]
    const given = ids.slice(0, -1)
    const rest =
      given.length > 0 ? [languageModel.embed(Tensor.from(device, Int32Array.from(given), [1, given.length]))] : []
    const hidden = languageModel.forward(concat([start, ...rest], 1))
    const first = start.shape[1]! - 1
    const rows = languageModel.logits(
      hidden,
      ids.map((_, step) => first + step),
    ) // [steps, vocabSize]
    return [rows, argMax(rows)]
  })
  return { ids: Array.from(best!), logits: logits! }
}
