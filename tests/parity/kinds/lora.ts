import { existsSync } from "node:fs"
import { type Llava, loadAdapter, mergeLora } from "@llava/model"
import { Tensor } from "@llava/tensor"
import { languageModelObjective } from "@llava/train"
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

/**
 * A low-rank adapter beside its base: logits as it begins, ten steps of training, then, from the fixture's own matrices,
 * merged weights and logits; and what is in the folder that PEFT saved.
 */
export const checkLora: KindCheck = async (context) => {
  const { fixture, report } = context
  const base = fixture.need("model")
  const adapter = fixture.need("adapter")
  if (base === undefined || adapter === undefined) throw new Error("golden.json needs a model and an adapter")
  for (const path of [base, adapter]) {
    if (!existsSync(path)) return report.absent("model and adapter", fixture.display(path))
  }
  const device = await context.device()
  /** The adapter of the folder, with the matrices that the fixture has under a prefix. */
  const open = async (prefix: string) => {
    const llava = await openTrainable(base, device)
    await loadAdapter(llava, adapter)
    await setMatrices(fixture, llava, prefix)
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
    await report.section("adapter", async () => {
      await using llava = await openTrainable(base, device)
      const { layers } = await loadAdapter(llava, adapter)
      const names = fixture.namesOf(curve.after)
      report.equal("adapter, number of tensors", [2 * layers.length], [names.length])
      const parameters = new Map(llava.namedParameters())
      for (const name of names) {
        const parameter = parameters.get(parameterPath(name.slice(curve.after.length)))
        if (!parameter) report.fail(`adapter, ${name}`, "the folder has no such tensor")
        else report.equal(`adapter, ${name}`, await parameter.tensor.read(), await fixture.floats(name))
      }
    })
  }
}

async function setMatrices(fixture: Fixture, llava: Llava, prefix: string): Promise<void> {
  const parameters = new Map(llava.namedParameters())
  for (const name of fixture.namesOf(prefix)) {
    const parameter = parameters.get(parameterPath(name.slice(prefix.length)))
    if (!parameter) throw new Error(`the adapter's folder has nothing for '${name}'`)
    parameter.set(Tensor.from(llava.device, await fixture.floats(name), fixture.shape(name)))
  }
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
