import { z } from "zod"

const rate = z.number()

/** How a fixture of the kind `adamw` was made; decay by the letter of each group. */
const settingsSchema = z.looseObject({
  lr: rate,
  betas: z.tuple([rate, rate]),
  eps: rate,
  weight_decay: z.record(z.string(), rate),
  warmup_steps: z.int(),
  total_steps: z.int(),
  clip_norm: rate.nullable(),
})

export type OptimizerSettings = z.output<typeof settingsSchema>

const goldenSchema = z.looseObject({
  optimizer: settingsSchema.optional(),
  what: z.string().default(""),
  learning_rates: z.array(rate),
})

/** What golden.json states as `optimizer`. The first fixtures state it in words, in `what`. */
export function optimizerSettings(golden: Readonly<Record<string, unknown>>): OptimizerSettings {
  const { optimizer, what, learning_rates } = goldenSchema.parse(golden)
  if (optimizer) return optimizer
  const number = "(-?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[-+]?\\d+)?)"
  const stated = (pattern: string): number[] => {
    const found = new RegExp(pattern.replaceAll("#", number)).exec(what)
    if (!found) throw new Error(`golden.json states no \`optimizer\`, and no '${pattern}' in \`what\``)
    return found.slice(1).map(Number)
  }
  const [warmup_steps, total_steps = learning_rates.length] = stated("warm-up # of #") as [number, number]
  const groups = what.matchAll(new RegExp(`${number} on (\\w+)`, "g"))
  return {
    lr: stated("lr #")[0]!,
    betas: stated("betas #/#") as [number, number],
    eps: stated("eps #")[0]!,
    weight_decay: Object.fromEntries([...groups].map(([, decay, letter]) => [letter!, Number(decay)])),
    warmup_steps,
    total_steps,
    clip_norm: /clip/.test(what) ? stated("clip to norm #")[0]! : null,
  }
}
