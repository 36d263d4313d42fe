import { samplingProbabilities } from "@llava/model"
import { z } from "zod"
import type { KindCheck } from "../kind-check.ts"
import { tolerances } from "../tolerances.ts"

const none = { temperature: 1, topK: 0, topP: 1, minP: 0, repetitionPenalty: 1 }
type Filters = typeof none

/** The settings behind `probs.all`. The first fixtures do not state them: the defaults are theirs. */
const goldenSchema = z.looseObject({
  all: z
    .object({
      repetition: z.number().default(1),
      temperature: z.number().default(1),
      top_k: z.number().default(0),
      top_p: z.number().default(1),
      min_p: z.number().default(0),
    })
    .default({ repetition: 1.1, temperature: 0.5, top_k: 20, top_p: 0.9, min_p: 0 }),
})

/** The names of the other tensors state filter and value: `probs.top_k10`. */
const filterNames: Readonly<Record<string, keyof Filters>> = {
  temperature: "temperature",
  top_k: "topK",
  top_p: "topP",
  min_p: "minP",
  repetition: "repetitionPenalty",
}

/** Probabilities after each sampling filter, and after all of them. */
export const checkSampling: KindCheck = async ({ fixture, report }) => {
  const { all } = goldenSchema.parse(fixture.golden)
  const logits = await fixture.floats("logits")
  const history = await fixture.rows("history")
  const width = fixture.shape("logits").at(-1)!
  for (const name of fixture.namesOf("probs.")) {
    await report.section(name, async () => {
      const chosen = name === "probs.all" ? Object.entries(all) : [parseFilter(name)]
      const filters: Filters = {
        ...none,
        ...Object.fromEntries(chosen.map(([key, value]) => [filterNames[key], value])),
      }
      const value = history.flatMap((ids, row) => [
        ...samplingProbabilities(logits.subarray(row * width, (row + 1) * width), ids, filters),
      ])
      report.close(name, { value, dispatches: undefined }, await fixture.floats(name), tolerances.probabilities)
    })
  }
}

function parseFilter(tensor: string): [name: string, value: number] {
  const [, name = "", value] = /^probs\.([a-z_]+?)(\d+(?:\.\d+)?)$/.exec(tensor) ?? []
  if (Object.hasOwn(filterNames, name)) return [name, Number(value)]
  throw new Error(`known filters are ${Object.keys(filterNames).join(", ")}`)
}
