import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import {
  conversationFormats,
  encodeForGeneration,
  findTemplate,
  IGNORE_INDEX,
  IMAGE_TOKEN_INDEX,
  type Message,
  preprocessImage,
} from "@llava/core"
import { type Llava, loadLlava } from "@llava/model"
import { type Device, Tensor } from "@llava/tensor"
import { languageModelObjective, type PreparedSample } from "@llava/train"
import { z } from "zod"
import { checkGradients } from "../check-gradients.ts"
import { defaultParts } from "../default-parts.ts"
import type { Fixture } from "../fixture.ts"
import type { CheckContext, KindCheck } from "../kind-check.ts"
import { loadTokenizer } from "../load-tokenizer.ts"
import { meanLoss } from "../mean-loss.ts"
import { parameterPath } from "../parameter-path.ts"
import { readAll } from "../read-all.ts"
import { rowLengths } from "../row-lengths.ts"
import { splitImages } from "../split-images.ts"
import { tolerances } from "../tolerances.ts"

const ids = z.array(z.int())
const goldenSchema = z.looseObject({
  images: z.array(z.string()).default([]),
  generation: z
    .array(
      z.looseObject({
        template: z.string(),
        image: z.string().nullish(),
        question: z.string(),
        prompt_ids: ids,
        new_ids: ids,
        text: z.string().optional(),
      }),
    )
    .default([]),
})

type GenerationRow = z.output<typeof goldenSchema>["generation"][number]

/** The original LLaVA's layout: from picture files to the tokens of its answers, and each step between. */
export const checkLlavaOriginal: KindCheck = async (context) => {
  const { fixture, report } = context
  const golden = goldenSchema.parse(fixture.golden)
  const path = fixture.need("model")
  if (path === undefined) throw new Error("golden.json names no model in `needs`")
  if (!existsSync(path)) return report.absent("model", fixture.display(path))
  const device = await context.device()
  // Only answers depend on the template.
  const anyTemplate = golden.generation[0]?.template ?? Object.keys(conversationFormats)[0]!
  const open = (template: string) => openLlava(fixture, path, template, device)

  await report.section("gradients", async () => {
    await using llava = await open(anyTemplate)
    await checkBackward(context, llava)
  })
  await report.section("forward pass", async () => {
    await using llava = await open(anyTemplate)
    await report.section("pixel_values", () => checkPixels(context, llava, golden.images))
    await report.section("splice", () => checkSplice(context, llava))
  })
  for (const template of new Set(golden.generation.map((row) => row.template))) {
    await report.section(`answers in ${template}`, async () => {
      await using llava = await open(template)
      for (const row of golden.generation) if (row.template === template) await checkAnswer(context, llava, row)
    })
  }
}

async function openLlava(fixture: Fixture, path: string, template: string, device: Device): Promise<Llava> {
  const tokenizer = fixture.need("tokenizer")
  const apart = tokenizer !== undefined && tokenizer !== path && dirname(tokenizer) !== path
  return loadLlava(path, {
    parts: defaultParts,
    device,
    dtype: "f32",
    template,
    ...(apart && { tokenizer: await loadTokenizer(tokenizer) }),
  })
}

function imagePath(fixture: Fixture, image: string): string {
  return join(fixture.need("images") ?? fixture.folder, image)
}

/** Each picture through decoding, padding, resizing and normalisation. Rows of zeros stand for no picture. */
async function checkPixels({ fixture, report }: CheckContext, llava: Llava, images: readonly string[]): Promise<void> {
  if (!fixture.has("pixel_values")) return
  const { encoder, imageSpec = encoder!.image, imageAspectRatio = "square" } = llava.options
  const all = await fixture.floats("pixel_values")
  const size = all.length / fixture.shape("pixel_values")[0]!
  const rows = Array.from({ length: all.length / size }, (_, row) => all.subarray(row * size, (row + 1) * size))
  const pictures = rows.filter((row) => row.some((value) => value !== 0))
  for (const [index, expected] of pictures.entries()) {
    const image = images[index]
    if (image === undefined) break
    const path = imagePath(fixture, image)
    if (!existsSync(path)) {
      report.absent(`pixel_values of ${image}`, fixture.display(path))
      continue
    }
    const value = await preprocessImage(path, imageSpec, imageAspectRatio)
    report.close(`pixel_values of ${image}`, { value, dispatches: undefined }, expected, pixelTolerance(path))
  }
}

/** A JPEG decoder may differ by one level in 255, which normalisation and the largest value turn into this. */
function pixelTolerance(path: string): number {
  return /\.jpe?g$/i.test(path) ? 1 / 127 : tolerances.pixels
}

async function checkSplice({ fixture, report }: CheckContext, llava: Llava): Promise<void> {
  const { device, languageModel } = llava
  const inputs = await readBatch(fixture)
  const shape = fixture.shape("pixel_values")
  const pixels = await fixture.floats("pixel_values")
  const run = await report.measure(device, async () => {
    let labels: Int32Array = new Int32Array()
    let lengths: number[] = []
    const [features, embeddings, logits] = await readAll(device, () => {
      const all = llava.encodeImages(Tensor.from(device, pixels, shape)) // [images, tokensPerImage, hiddenSize]
      const chosen = llava.encodeImages(pickImages(device, pixels, shape, inputs.images))
      const batch = llava.splice(inputs.rows, inputs.images.length > 0 ? chosen : undefined)
      ;({ labels, lengths } = batch)
      const hidden = languageModel.forward(batch.embeddings, { lengths: batch.lengths })
      return [all, batch.embeddings, languageModel.logits(hidden, wantedRows(fixture, batch.lengths))]
    })
    return { features: features!, embeddings: embeddings!, logits: logits!, labels, lengths }
  })
  const { features, embeddings, logits, labels, lengths } = run.value
  const width = Math.max(...lengths)
  const close = async (name: string, value: Float32Array, tolerance: number) => {
    if (fixture.has(name)) report.close(name, { ...run, value }, await fixture.floats(name), tolerance, device)
  }
  await close("image_features", features, tolerances.features)
  await close("spliced_embeddings", embeddings, tolerances.features)
  if (fixture.has("spliced_labels")) {
    report.equal("spliced_labels", labels, await fixture.integers("spliced_labels"))
  }
  if (fixture.has("spliced_attention_mask")) {
    const mask = lengths.flatMap((length) => Array.from({ length: width }, (_, token) => (token < length ? 1 : 0)))
    report.equal("spliced_attention_mask", mask, await fixture.integers("spliced_attention_mask"))
  }
  const vocabulary = languageModel.vocabSize
  await close("logits_row0_last_valid", logits.subarray(0, vocabulary), tolerances.logits)
  await close("logits_last8", logits.subarray(vocabulary), tolerances.logits)

  if (!fixture.has("loss")) return
  const loss = await report.measure(device, () => {
    const compute = () => {
      const chosen = inputs.images.length > 0
      const images = chosen ? llava.encodeImages(pickImages(device, pixels, shape, inputs.images)) : undefined
      const batch = llava.splice(inputs.rows, images)
      return {
        hidden: languageModel.forward(batch.embeddings, { lengths: batch.lengths }),
        labels: Tensor.from(device, batch.labels, [batch.lengths.length, width]),
      }
    }
    return meanLoss(languageModel, compute, device)
  })
  report.close("loss", loss, await fixture.floats("loss"), tolerances.loss, device)
}

/** Of all parameters but the encoder's, which the original never trains; of the two big tables only the lengths. */
async function checkBackward({ fixture, report }: CheckContext, llava: Llava): Promise<void> {
  if (!fixture.has("loss")) return
  const { rows, images } = await readBatch(fixture)
  const pixels = splitImages(await fixture.floats("pixel_values"), fixture.shape("pixel_values"))
  let next = 0
  const batch = rows.map(({ ids, labels }, id): PreparedSample => {
    const shown = images.slice(next, next + ids.filter((token) => token === IMAGE_TOKEN_INDEX).length)
    next += shown.length
    return { id, ids, labels, images: shown.map((image) => pixels[image]!) }
  })
  await checkGradients(
    { fixture, report },
    {
      objective: languageModelObjective(llava),
      batch,
      pathOf: parameterPath,
      norms: { "grad_norms.embed_lm_head": ["model.embed_tokens.weight", "lm_head.weight"] },
    },
  )
}

/** Rows without their padding, and which of the pictures they show: a row without any uses up one unseen. */
async function readBatch(fixture: Fixture) {
  const all = await fixture.rows("input_ids")
  const labels = fixture.has("labels_before_splice") ? await fixture.rows("labels_before_splice") : undefined
  const lengths = await rowLengths(fixture, "attention_mask")
  const rows = all.map((row, index) => ({
    ids: row.slice(0, lengths[index]),
    labels: (labels?.[index] ?? row.map(() => IGNORE_INDEX)).slice(0, lengths[index]),
  }))
  const counts = rows.map((row) => row.ids.filter((id) => id === IMAGE_TOKEN_INDEX).length)
  const given = fixture.shape("pixel_values")[0]!
  const shown = counts.reduce((sum, count) => sum + count, 0)
  const skips = shown === given ? 0 : 1
  const images: number[] = []
  let next = 0
  for (const count of counts) {
    for (let image = 0; image < count; image++) images.push(next++)
    if (count === 0) next += skips
  }
  return { rows, images }
}

function pickImages(device: Device, pixels: Float32Array, shape: readonly number[], images: readonly number[]): Tensor {
  const size = pixels.length / shape[0]!
  const chosen = new Float32Array(images.length * size)
  for (const [place, image] of images.entries()) {
    chosen.set(pixels.subarray(image * size, (image + 1) * size), place * size)
  }
  return Tensor.from(device, chosen, [images.length, ...shape.slice(1)])
}

/** Of the first row: its last valid token, then the last tokens of the batch, padding or not. */
function wantedRows(fixture: Fixture, lengths: readonly number[]): number[] {
  const width = Math.max(...lengths)
  const count = fixture.has("logits_last8") ? fixture.shape("logits_last8")[0]! : 0
  return [lengths[0]! - 1, ...Array.from({ length: count }, (_, i) => width - count + i)]
}

async function checkAnswer({ fixture, report }: CheckContext, llava: Llava, row: GenerationRow): Promise<void> {
  const { template, image, question, prompt_ids, new_ids, text } = row
  const name = `${template}, ${image ?? "no image"}`
  const path = image == null ? undefined : imagePath(fixture, image)
  const content: Message["content"] = path
    ? [
        { type: "image", image: path },
        { type: "text", text: question },
      ]
    : question
  const messages = [{ role: "user" as const, content }]
  const { imageStartEnd } = llava.options
  const prompt = encodeForGeneration({
    messages,
    template: findTemplate(template),
    tokenizer: llava.tokenizer,
    imageStartEnd,
  })
  report.equal(`prompt ids: ${name}`, prompt.ids, prompt_ids)
  if (path !== undefined && !existsSync(path)) {
    report.absent(`answer: ${name}`, fixture.display(path))
    return
  }
  await report.section(`answer: ${name}`, async () => {
    const run = await report.measure(llava.device, () => {
      return llava.generate({ messages, maxNewTokens: new_ids.length, ignoreEndOfSequence: true }).result
    })
    report.equal(`answer ids: ${name}`, run.value.tokenIds, new_ids, run)
    if (text !== undefined) report.equal(`answer text: ${name}`, [run.value.text], [text])
  })
}
