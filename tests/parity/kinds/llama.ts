import { LlamaLanguageModel } from "@llava/llama"
import { loadParts } from "@llava/model"
import { Tensor } from "@llava/tensor"
import { languageModelObjective } from "@llava/train"
import { checkGradients } from "../check-gradients.ts"
import { checkGreedy } from "../check-greedy.ts"
import { checkSteps } from "../check-steps.ts"
import { defaultParts } from "../default-parts.ts"
import { eachModel, type ModelOfFixture } from "../each-model.ts"
import type { CheckContext, KindCheck } from "../kind-check.ts"
import { meanLoss } from "../mean-loss.ts"
import { openTrainable } from "../open-trainable.ts"
import { PaddedBatch } from "../padded-batch.ts"
import { parameterPath } from "../parameter-path.ts"
import { promptLength } from "../prompt-length.ts"
import { readAll } from "../read-all.ts"
import { tolerances } from "../tolerances.ts"
import { trainRows } from "../train-rows.ts"
import { trainingCurves } from "../training-curve.ts"
import { trainingSamples } from "../training-samples.ts"

/** The decoder: hidden states, logits of a padded batch and of its rows alone, loss, greedy tokens, training. */
export const checkLlama: KindCheck = async (context) => {
  const { fixture, report } = context
  const batch = await PaddedBatch.read(fixture)
  await eachModel(context, async (model) => {
    const { languageModel } = await loadParts(model.path, { parts: defaultParts, device: model.device, dtype: "f32" })
    using decoder = languageModel
    if (!(decoder instanceof LlamaLanguageModel)) throw new Error(`${model.path} holds no LLaMA`)
    await report.section(`logits${model.label}`, () => checkForward(context, model, decoder, batch))
    await report.section(`loss${model.label}`, () => checkLoss(context, model, decoder, batch))
    await report.section(`greedy tokens${model.label}`, () =>
      checkContinuation(context, model, decoder, batch.rows[0]!),
    )
    await report.section(`gradients${model.label}`, () => checkBackward(context, model, batch))
    await report.section(`training${model.label}`, () => checkTraining(context, model))
  })
}

async function checkForward(
  { fixture, report }: CheckContext,
  { device, label }: ModelOfFixture,
  decoder: LlamaLanguageModel,
  batch: PaddedBatch,
): Promise<void> {
  const { rows, lengths } = batch
  const run = await report.measure(device, () =>
    readAll(device, () => {
      const states = decoder.hiddenStates(decoder.embed(idTensor(device, rows)), { lengths })
      return [decoder.logits(states.at(-1)!), ...states]
    }),
  )
  const [logits, ...states] = run.value
  for (const name of fixture.namesOf("hidden_states.")) {
    const state = states.at(Number(name.slice("hidden_states.".length)))
    if (!state) {
      report.fail(`${name}${label}`, `the decoder has ${states.length} hidden states`)
      continue
    }
    const [value, wanted] = batch.comparable(state, await fixture.floats(name), decoder.hiddenSize)
    report.close(`${name}${label}`, { ...run, value }, wanted, tolerances.features, device)
  }
  const expected = await fixture.floats("logits")
  const [value, wanted] = batch.comparable(logits!, expected, decoder.vocabSize)
  report.close(`logits${label}`, { ...run, value }, wanted, tolerances.logits, device)

  const alone = await report.measure(device, async () => {
    const values: number[] = []
    for (const [row, ids] of rows.entries()) {
      const [result] = await readAll(device, () => [
        decoder.logits(decoder.forward(decoder.embed(idTensor(device, [ids.slice(0, lengths[row])])))),
      ])
      for (const value of result!) values.push(value)
    }
    return values
  })
  const valid = batch.validOf(expected, decoder.vocabSize)
  report.close(`logits row by row${label}`, alone, valid, tolerances.logits, device)
}

async function checkLoss(
  { fixture, report }: CheckContext,
  { device, label }: ModelOfFixture,
  decoder: LlamaLanguageModel,
  batch: PaddedBatch,
): Promise<void> {
  if (!fixture.has("loss")) return
  const { rows, lengths } = batch
  const labels = batch.align(await fixture.rows("labels"))
  const run = await report.measure(device, () =>
    meanLoss(
      decoder,
      () => ({
        hidden: decoder.forward(decoder.embed(idTensor(device, rows)), { lengths }),
        labels: idTensor(device, labels),
      }),
      device,
    ),
  )
  report.close(`loss${label}`, run, await fixture.floats("loss"), tolerances.loss, device)
}

async function checkContinuation(
  { fixture, report }: CheckContext,
  { device, label }: ModelOfFixture,
  languageModel: LlamaLanguageModel,
  row: readonly number[],
): Promise<void> {
  if (!fixture.has("greedy_ids")) return
  const [ids = []] = await fixture.rows("greedy_ids")
  const length = promptLength(ids, row)
  const prompt = () => languageModel.embed(idTensor(device, [ids.slice(0, length)]))
  await checkGreedy({ report, device, languageModel, prompt, ids, promptLength: length, label })
}

async function checkBackward(
  { fixture, report }: CheckContext,
  { path, device, label }: ModelOfFixture,
  batch: PaddedBatch,
): Promise<void> {
  if (!fixture.has("loss")) return
  await using llava = await openTrainable(path, device)
  await checkGradients(
    { fixture, report },
    {
      objective: languageModelObjective(llava),
      batch: trainingSamples({ ...batch, ids: batch.rows, labels: batch.align(await fixture.rows("labels")) }),
      pathOf: parameterPath,
      label,
    },
  )
}

async function checkTraining({ fixture, report }: CheckContext, { path, device, label }: ModelOfFixture) {
  for (const curve of trainingCurves(fixture)) {
    await using llava = await openTrainable(path, device)
    const batches = (await trainRows(fixture)).map((ids) =>
      trainingSamples({ ids, labels: ids, lengths: ids.map((row) => row.length) }),
    )
    const objective = languageModelObjective(llava)
    await checkSteps(
      { fixture, report },
      { curve, objective, batches, pathOf: parameterPath, train: ["language_model"], label },
    )
  }
}

function idTensor(device: Tensor["device"], rows: readonly (readonly number[])[]): Tensor {
  return Tensor.from(device, Int32Array.from(rows.flat()), [rows.length, rows[0]!.length])
}
