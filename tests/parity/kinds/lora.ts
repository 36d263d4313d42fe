import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { decodeTensorBytes, openCheckpoint } from "@llava/checkpoint"
import { addLora, type Llava, mergeLora } from "@llava/model"
import { Tensor } from "@llava/tensor"
import { languageModelObjective } from "@llava/train"
import { z } from "zod"
import { checkSteps } from "../check-steps.ts"
import type { Fixture } from "../fixture.ts"
import type { CheckContext, KindCheck } from "../kind-check.ts"
import { openTrainable } from "../open-trainable.ts"
import { parameterPath } from "../parameter-path.ts"
import { readAll } from "../read-all.ts"
import { tolerances } from "../tolerances.ts"
import { trainRows } from "../train-rows.ts"
import { trainingCurves } from "../training-curve.ts"
import { trainingSamples } from "../training-samples.ts"

const byModule = z.record(z.string(), z.number()).nullish()
const adapterSchema = z.looseObject({
  lora_alpha: z.number(),
  use_rslora: z.boolean().default(false),
  alpha_pattern: byModule,
})
type Adapter = z.output<typeof adapterSchema>

/**
 * A low-rank adapter beside its base: logits as it begins, ten steps of training, then, from the fixture's own adapter,
 * merged weights and logits; and the folder that PEFT saved.
 */
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
  const open = async (prefix: string) => {
    const llava = await openTrainable(base, device)
    await addAdapters(fixture, llava, config, prefix)
    return llava
  }

  await report.section("logits", async () => {
    await using llava = await open("init.")
    await checkLogits(context, llava, "logits")
  })
  for (const curve of trainingCurves(fixture)) {
    await report.section(curve.name, async () => {
      await using llava = await open("init.")
      const batches = (await trainRows(fixture)).map((ids) =>
        trainingSamples({ ids, labels: ids, lengths: ids.map((row) => row.length) }),
      )
      const objective = languageModelObjective(llava)
      await checkSteps(context, { curve, objective, batches, pathOf: parameterPath, train: ["lora_*"] })
    })
    await report.section("merged", async () => {
      await using llava = await open(curve.after)
      await checkMerged(context, llava)
    })
    await report.section("adapter", () => checkAdapter(context, adapter, curve.after))
  }
}

/** Puts the adapters whose tensors begin with `prefix` beside their layers. */
async function addAdapters(fixture: Fixture, llava: Llava, config: Adapter, prefix: string): Promise<void> {
  for (const name of fixture.namesOf(prefix)) {
    const [, module] = /^(.+)\.lora_A\.weight$/.exec(name.slice(prefix.length)) ?? []
    if (module === undefined) continue
    const other = name.replace("lora_A", "lora_B")
    const [rank, alpha] = [fixture.shape(name)[0]!, patternFor(config.alpha_pattern, module) ?? config.lora_alpha]
    const settings = { rank, alpha, rankStabilised: config.use_rslora }
    const [added] = addLora(llava, { ...settings, targets: [parameterPath(module)] })
    const { lora_A, lora_B } = added!.adapter
    lora_A.weight.set(Tensor.from(llava.device, await fixture.floats(name), fixture.shape(name)))
    lora_B.weight.set(Tensor.from(llava.device, await fixture.floats(other), fixture.shape(other)))
  }
}

/** PEFT's patterns are regular expressions for the end of a module's name. */
function patternFor(patterns: Adapter["alpha_pattern"], module: string): number | undefined {
  for (const [pattern, value] of Object.entries(patterns ?? {})) {
    if (new RegExp(`(^|.*\\.)(${pattern})$`).test(module)) return value
  }
  return undefined
}

async function checkLogits({ fixture, report }: CheckContext, llava: Llava, name: string): Promise<void> {
  if (!fixture.has(name)) return
  const { device, languageModel: model } = llava
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

async function checkMerged(context: CheckContext, llava: Llava): Promise<void> {
  const { fixture, report } = context
  const { device } = llava
  const { dispatches } = await report.measure(device, async () => mergeLora(llava))
  const parameters = new Map(llava.namedParameters())
  for (const name of fixture.namesOf("merged.")) {
    const parameter = parameters.get(parameterPath(name.slice("merged.".length)))
    if (!parameter) {
      report.fail(name, "the model has no such parameter")
      continue
    }
    const value = (await parameter.tensor.read()) as Float32Array
    report.close(name, { value, dispatches }, await fixture.floats(name), tolerances.features, device)
  }
  await checkLogits(context, llava, "merged_logits")
}

/** The folder that PEFT saved holds the trained matrices, under its own names. */
async function checkAdapter({ fixture, report }: CheckContext, path: string, trained: string): Promise<void> {
  await using checkpoint = await openCheckpoint(join(path, "adapter_model.safetensors"))
  const names = fixture.namesOf(trained).filter((name) => name.includes(".lora_"))
  report.equal("adapter, number of tensors", [checkpoint.tensors.size], [names.length])
  for (const name of names) {
    const stored = checkpoint.tensors.get(`base_model.model.${name.slice(trained.length)}`)
    if (!stored) report.fail(`adapter, ${name}`, "the folder has no such tensor")
    else {
      const values = decodeTensorBytes(stored.dtype, await stored.read())
      report.equal(`adapter, ${name}`, values, await fixture.floats(name))
    }
  }
}
