import { IGNORE_INDEX, IMAGE_TOKEN_INDEX } from "@llava/core"
import { type Llava, type LoadedParts, loadParts, spliceBatch } from "@llava/model"
import { Tensor } from "@llava/tensor"
import { languageModelObjective, stage1, stage2 } from "@llava/train"
import { checkGradients } from "../check-gradients.ts"
import { checkGreedy } from "../check-greedy.ts"
import { checkSteps } from "../check-steps.ts"
import { collapseImages } from "../collapse-images.ts"
import { defaultParts } from "../default-parts.ts"
import { eachModel, type ModelOfFixture } from "../each-model.ts"
import type { CheckContext, KindCheck } from "../kind-check.ts"
import { meanLoss } from "../mean-loss.ts"
import { openTrainable } from "../open-trainable.ts"
import { PaddedBatch } from "../padded-batch.ts"
import { parameterPath } from "../parameter-path.ts"
import { promptLength } from "../prompt-length.ts"
import { readAll } from "../read-all.ts"
import { splitImages } from "../split-images.ts"
import { tolerances } from "../tolerances.ts"
import { trainRows } from "../train-rows.ts"
import { trainingCurves } from "../training-curve.ts"
import { type RowImages, trainingSamples } from "../training-samples.ts"

type Row = readonly number[]

/**
 * A LLaVA in Hugging Face's layout: image features, logits and loss of a batch with and without images, greedy
 * tokens, gradients of all parts, the steps of both stages.
 */
export const checkLlava: KindCheck = async (context) => {
  const { report } = context
  await eachModel(context, async (model) => {
    const parts = await loadParts(model.path, { parts: defaultParts, device: model.device, dtype: "f32" })
    using disposables = new DisposableStack()
    for (const part of [parts.encoder, parts.projector, parts.languageModel]) if (part) disposables.use(part)
    const checked = await prepare(context, model, parts)
    await report.section(`features${model.label}`, () => checkFeatures(context, model, checked))
    await report.section(`logits${model.label}`, () => checkLogits(context, model, checked))
    await report.section(`loss${model.label}`, () => checkLoss(context, model, checked))
    await report.section(`greedy tokens${model.label}`, () => checkContinuation(context, model, checked))
    await report.section(`gradients${model.label}`, () => checkBackward(context, model, checked))
    await report.section(`training${model.label}`, () => checkTraining(context, model))
  })
}

type Checked = Awaited<ReturnType<typeof prepare>>

async function prepare({ fixture }: CheckContext, { path, device }: ModelOfFixture, parts: LoadedParts) {
  const { encoder, projector, languageModel, manifest } = parts
  const { image } = manifest
  if (!encoder || !projector || !image) throw new Error(`${path} has no image encoder`)
  const pixels = await fixture.floats("pixel_values")
  const shape = fixture.shape("pixel_values")
  const batch = await PaddedBatch.read(fixture)
  const imageToken = Number(fixture.golden["image_token"] ?? image.imageTokenId)
  const tokensPerImage = projector.tokensOut(encoder.tokens(image.selectFeature))
  /** `[images, tokensPerImage, hiddenSize]` */
  const features = (first = 0, end = shape[0]!) => {
    const size = pixels.length / shape[0]!
    const chosen = Tensor.from(device, pixels.subarray(first * size, end * size), [end - first, ...shape.slice(1)])
    return projector.project(encoder.encode(chosen, { layers: image.selectLayers, feature: image.selectFeature }))
  }
  /** Embeddings of rows of one length, padding embedded as any token: `[rows, tokens, hiddenSize]`. */
  const embed = (ids: readonly Row[], firstImage = 0) => {
    const collapsed = ids.map((row) => collapseImages(row, imageToken, tokensPerImage))
    const count = collapsed.flat().filter((id) => id === IMAGE_TOKEN_INDEX).length
    const images = count > 0 ? features(firstImage, firstImage + count) : undefined
    const spliced = spliceBatch(
      languageModel,
      device,
      collapsed.map((row) => ({ ids: row })),
      images,
    )
    return { embeddings: spliced.embeddings, count }
  }
  return { languageModel, batch, features, embed }
}

async function checkFeatures(
  { fixture, report }: CheckContext,
  { device, label }: ModelOfFixture,
  { features }: Checked,
): Promise<void> {
  if (!fixture.has("image_features")) return
  const run = await report.measure(device, async () => (await readAll(device, () => [features()]))[0]!)
  report.close(`image_features${label}`, run, await fixture.floats("image_features"), tolerances.features, device)
}

async function checkLogits(
  { fixture, report }: CheckContext,
  { device, label }: ModelOfFixture,
  { languageModel, batch, embed }: Checked,
): Promise<void> {
  const { rows, lengths } = batch
  const expected = await fixture.floats("logits")
  const together = await report.measure(device, async () => {
    const [logits] = await readAll(device, () => [
      languageModel.logits(languageModel.forward(embed(rows).embeddings, { lengths })),
    ])
    return logits!
  })
  const [value, wanted] = batch.comparable(together.value, expected, languageModel.vocabSize)
  report.close(`logits${label}`, { ...together, value }, wanted, tolerances.logits, device)

  const alone = await report.measure(device, async () => {
    const values: number[] = []
    let image = 0
    for (const [row, ids] of rows.entries()) {
      const [logits] = await readAll(device, () => {
        const { embeddings, count } = embed([ids.slice(0, lengths[row])], image)
        image += count
        return [languageModel.logits(languageModel.forward(embeddings))]
      })
      for (const value of logits!) values.push(value)
    }
    return values
  })
  const valid = batch.validOf(expected, languageModel.vocabSize)
  report.close(`logits row by row${label}`, alone, valid, tolerances.logits, device)
}

async function checkLoss(
  { fixture, report }: CheckContext,
  { device, label }: ModelOfFixture,
  { languageModel, batch, embed }: Checked,
): Promise<void> {
  if (!fixture.has("loss")) return
  const { rows, lengths } = batch
  const labels = Int32Array.from(batch.align(await fixture.rows("labels")).flat())
  const compute = () => ({
    hidden: languageModel.forward(embed(rows).embeddings, { lengths }),
    labels: Tensor.from(device, labels, fixture.shape("labels")),
  })
  const run = await report.measure(device, () => meanLoss(languageModel, compute, device))
  report.close(`loss${label}`, run, await fixture.floats("loss"), tolerances.loss, device)
}

async function checkContinuation(
  { fixture, report }: CheckContext,
  { device, label }: ModelOfFixture,
  { languageModel, batch, embed }: Checked,
): Promise<void> {
  if (!fixture.has("greedy_ids")) return
  const [ids = []] = await fixture.rows("greedy_ids")
  const length = promptLength(ids, batch.rows[0]!)
  const prompt = () => embed([ids.slice(0, length)]).embeddings
  await checkGreedy({ report, device, languageModel, prompt, ids, promptLength: length, label })
}

async function checkBackward(
  { fixture, report }: CheckContext,
  { path, device, label }: ModelOfFixture,
  { batch }: Checked,
): Promise<void> {
  if (!fixture.has("loss")) return
  await using llava = await openTrainable(path, device)
  const labels = batch.align(await fixture.rows("labels"))
  const pixels = splitImages(await fixture.floats("pixel_values"), fixture.shape("pixel_values"))
  await checkGradients(
    { fixture, report },
    {
      objective: languageModelObjective(llava),
      batch: trainingSamples({ ids: batch.rows, labels, lengths: batch.lengths }, rowImages(fixture, llava, pixels)),
      pathOf: parameterPath,
      label,
    },
  )
}

/** What the published stages train. */
const stages: Readonly<Record<string, readonly string[]>> = {
  stage1: stage1().train.filter((entry) => typeof entry === "string"),
  stage2: stage2().train.filter((entry) => typeof entry === "string"),
}

/** Every stage begins with the weights of the model. */
async function checkTraining({ fixture, report }: CheckContext, { path, device, label }: ModelOfFixture) {
  for (const curve of trainingCurves(fixture)) {
    await using llava = await openTrainable(path, device)
    const pixels = splitImages(await fixture.floats("train_pixel_values"), fixture.shape("train_pixel_values"))
    const steps = await trainRows(fixture)
    const perStep = pixels.length / steps.length
    const batches = steps.map((ids, step) => {
      const images = rowImages(fixture, llava, pixels.slice(step * perStep, (step + 1) * perStep))
      // Padding is 0; images, and the first three tokens, are not learned.
      const lengths = ids.map((row) => row.findLastIndex((id) => id !== 0) + 1)
      const labels = ids.map((row) => row.map((id, at) => (id === images.imageToken || at < 3 ? IGNORE_INDEX : id)))
      return trainingSamples({ ids, labels, lengths }, images)
    })
    const objective = languageModelObjective(llava)
    await checkSteps(
      { fixture, report },
      { curve, objective, batches, pathOf: parameterPath, train: stages[curve.name] ?? [], label },
    )
  }
}

function rowImages({ golden }: CheckContext["fixture"], llava: Llava, pixels: readonly Float32Array[]): RowImages {
  return { imageToken: Number(golden["image_token"]), tokensPerImage: llava.tokensPerImage, pixels }
}
