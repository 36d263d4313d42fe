import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { decodeTensorBytes, openCheckpoint } from "@llava/checkpoint"
import { loadParts } from "@llava/model"
import { type Device, Tensor } from "@llava/tensor"
import { z } from "zod"
import { defaultParts } from "../default-parts.ts"
import type { Fixture } from "../fixture.ts"
import type { CheckContext, KindCheck } from "../kind-check.ts"
import { mergeLora } from "../merge-lora.ts"
import { mergedFolder } from "../merged-folder.ts"
import { needsTraining } from "../needs-training.ts"
import { readAll } from "../read-all.ts"
import { tolerances } from "../tolerances.ts"

const byModule = z.record(z.string(), z.number()).nullish()
const adapterSchema = z.looseObject({
  r: z.number(),
  lora_alpha: z.number(),
  use_rslora: z.boolean().default(false),
  rank_pattern: byModule,
  alpha_pattern: byModule,
})
type Adapter = z.output<typeof adapterSchema>

/** Merged weights by the name of the tensor they replace. */
type Weights = Map<string, Float32Array>

/** A low-rank adapter merged into its base, before and after training: logits, weights, the adapter's own folder. */
export const checkLora: KindCheck = async (context) => {
  const { fixture, report } = context
  const base = fixture.need("model")
  const adapter = fixture.need("adapter")
  if (base === undefined || adapter === undefined) throw new Error("golden.json needs a model and an adapter")
  for (const path of [base, adapter]) {
    if (!existsSync(path)) return report.absent("model and adapter", fixture.display(path))
  }
  const config = adapterSchema.parse(JSON.parse(await readFile(join(adapter, "adapter_config.json"), "utf8")))
  const device = await context.device()
  const trained = fixture.namesOf("after")[0]?.split(".")[0]

  await report.section("logits", async () => {
    const weights = await merge(fixture, base, config, "init")
    await checkLogits(context, device, base, weights, "logits")
  })
  if (trained !== undefined) {
    await report.section("merged", async () => {
      const weights = await merge(fixture, base, config, trained)
      for (const name of fixture.namesOf("merged.")) {
        const value = weights.get(name.slice("merged.".length))
        if (!value) report.fail(name, "the adapter has nothing for it")
        else report.close(name, { value, dispatches: undefined }, await fixture.floats(name), tolerances.features)
      }
      await checkLogits(context, device, base, weights, "merged_logits")
    })
    await report.section("adapter", () => checkAdapter(context, adapter, trained))
  }
  needsTraining(context)
}

async function merge(fixture: Fixture, base: string, config: Adapter, prefix: string): Promise<Weights> {
  await using checkpoint = await openCheckpoint(base)
  const weights: Weights = new Map()
  for (const name of fixture.namesOf(`${prefix}.`)) {
    const [, module] = new RegExp(`^${prefix}\\.(.+)\\.lora_A\\.weight$`).exec(name) ?? []
    if (module === undefined) continue
    const stored = checkpoint.tensors.get(`${module}.weight`)
    if (!stored) throw new Error(`${base} has no '${module}.weight'`)
    const rank = fixture.shape(name)[0]!
    const alpha = patternFor(config.alpha_pattern, module) ?? config.lora_alpha
    const scale = alpha / (config.use_rslora ? Math.sqrt(rank) : rank)
    const pair = {
      a: await fixture.floats(name),
      b: await fixture.floats(name.replace("lora_A", "lora_B")),
      rank,
      scale,
    }
    weights.set(`${module}.weight`, mergeLora(decodeTensorBytes(stored.dtype, await stored.read()), pair))
  }
  if (weights.size === 0) throw new Error(`golden.safetensors has no '${prefix}.*.lora_A.weight'`)
  return weights
}

/** PEFT's patterns are regular expressions for the end of a module's name. */
function patternFor(patterns: Adapter["alpha_pattern"], module: string): number | undefined {
  for (const [pattern, value] of Object.entries(patterns ?? {})) {
    if (new RegExp(`(^|.*\\.)(${pattern})$`).test(module)) return value
  }
  return undefined
}

async function checkLogits(
  { fixture, report }: CheckContext,
  device: Device,
  base: string,
  weights: Weights,
  name: string,
): Promise<void> {
  if (!fixture.has(name)) return
  const { languageModel } = await loadParts(await mergedFolder(base, weights), {
    parts: defaultParts,
    device,
    dtype: "f32",
  })
  using model = languageModel
  const shape = fixture.shape(name).slice(0, 2)
  const ids = (await fixture.integers("train_input_ids")).slice(0, shape[0]! * shape[1]!)
  const run = await report.measure(device, async () => {
    const [logits] = await readAll(device, () => [
      model.logits(model.forward(model.embed(Tensor.from(device, ids, shape)))),
    ])
    return logits!
  })
  report.close(name, run, await fixture.floats(name), tolerances.logits, device)
}

/** The folder that PEFT saved holds the trained matrices, under its own names. */
async function checkAdapter({ fixture, report }: CheckContext, path: string, trained: string): Promise<void> {
  await using checkpoint = await openCheckpoint(join(path, "adapter_model.safetensors"))
  const names = fixture.namesOf(`${trained}.`).filter((name) => name.includes(".lora_"))
  report.equal("adapter, number of tensors", [checkpoint.tensors.size], [names.length])
  for (const name of names) {
    const stored = checkpoint.tensors.get(`base_model.model.${name.slice(trained.length + 1)}`)
    if (!stored) report.fail(`adapter, ${name}`, "the folder has no such tensor")
    else {
      const values = decodeTensorBytes(stored.dtype, await stored.read())
      report.equal(`adapter, ${name}`, values, await fixture.floats(name))
    }
  }
}
