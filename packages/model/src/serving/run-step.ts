import { splice, Tensor } from "@llava/tensor"
import type { PagedKvCache } from "../contract/paged-kv-cache.ts"
import type { GenerateContext } from "../llava/generate.ts"
import { imageRowOf } from "../llava/image-row-of.ts"
import type { ContextUnit } from "../llava/prompt-cache.ts"
import type { PlannedRow } from "./plan-step.ts"

/**
 * One pass over new units of many sequences -> logits `[rows, vocabSize]` of those whose next token is then known, in
 * order; nothing where there are none.
 */
export function runStep(
  context: GenerateContext,
  cache: PagedKvCache,
  planned: readonly PlannedRow[],
): Tensor | undefined {
  const { device, languageModel } = context.parts
  using scope = device.scope()
  const units = planned.flatMap(({ sequence, length, added }) => sequence.units.slice(length, length + added))
  const embeddings = embedUnits(context, units) // [tokens, 1, hiddenSize]
  const hidden = languageModel.forward(embeddings, { cache: cache.context(planned) })
  const last: number[] = []
  let end = 0
  for (const { added, completes } of planned) {
    end += added
    if (completes) last.push(end - 1)
  }
  if (last.length === 0) return undefined
  const all = last.length === units.length
  return scope.keep(all ? languageModel.logits(hidden) : languageModel.logits(hidden, last)).retain()
}

/** Tokens and rows of images -> `[units, 1, hiddenSize]`. Images that were not encoded yet are. */
function embedUnits({ parts, images }: GenerateContext, units: readonly ContextUnit[]): Tensor {
  const { device, languageModel } = parts
  const integers = (values: readonly number[]) => Tensor.from(device, Int32Array.from(values), [values.length])
  const ids = units.filter((unit) => unit >= 0)
  const shape = [units.length, 1, languageModel.hiddenSize]
  if (!images || ids.length === units.length) return languageModel.embed(integers(ids)).reshape(shape)
  const perImage = images.tokensPerImage
  const keys = new Map<number, number>()
  let text = 0
  const places = units.map((unit) => {
    if (unit >= 0) return text++
    const { key, row } = imageRowOf(unit, perImage)
    const image = keys.get(key) ?? keys.size
    keys.set(key, image)
    return -1 - (image * perImage + row)
  })
  const features = images.features([...keys.keys()]).reshape([-1, languageModel.hiddenSize]) // [image rows, hiddenSize]
  // A pass without any text would leave nothing to look up.
  const embedded = languageModel.embed(integers(ids.length > 0 ? ids : [0])) // [tokens, hiddenSize]
  return splice(embedded, features, integers(places)).reshape(shape)
}
