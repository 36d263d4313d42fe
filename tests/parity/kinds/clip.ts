import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { openCheckpoint } from "@llava/checkpoint"
import { ClipModel, clipConfigSchema } from "@llava/clip"
import { loadModule } from "@llava/model"
import { type Device, logProbabilities, scale, Tensor, transpose } from "@llava/tensor"
import { eachModel } from "../each-model.ts"
import type { Fixture } from "../fixture.ts"
import type { KindCheck } from "../kind-check.ts"
import { needsTraining } from "../needs-training.ts"
import { readAll } from "../read-all.ts"
import { rowLengths } from "../row-lengths.ts"
import { tolerances } from "../tolerances.ts"

/** Both towers of CLIP: embeddings, logits, the symmetric contrastive loss. */
export const checkClip: KindCheck = async (context) => {
  const { fixture, report } = context
  await eachModel(context, async ({ path, label, device }) => {
    using model = await loadClip(path, device)
    const inputs = await readInputs(fixture)
    const [logitScale] = await readAll(device, () => [model.logit_scale.tensor])
    const temperature = Math.exp(logitScale![0]!)
    const run = await report.measure(device, () => embed(model, device, inputs, temperature))
    const { images, texts, perImage, perText, loss } = run.value
    const rows = [
      ["text_embeds", texts, tolerances.features],
      ["image_embeds", images, tolerances.features],
      ["logits_per_image", perImage, tolerances.logits],
      ["logits_per_text", perText, tolerances.logits],
      ["loss", loss, tolerances.loss],
    ] as const
    for (const [name, value, tolerance] of rows) {
      if (!fixture.has(name)) continue
      report.close(`${name}${label}`, { ...run, value }, await fixture.floats(name), tolerance, device)
    }
  })
  needsTraining(context)
}

async function loadClip(path: string, device: Device): Promise<ClipModel> {
  const config = clipConfigSchema.parse(JSON.parse(await readFile(join(path, "config.json"), "utf8")))
  const model = new ClipModel(config)
  await using checkpoint = await openCheckpoint(path)
  const keys = (name: string) => (name.endsWith("position_ids") ? undefined : name)
  await loadModule("CLIP", model, checkpoint.tensors, { device, keys, dtype: "f32" })
  return model
}

async function readInputs(fixture: Fixture) {
  return {
    ids: await fixture.rows("input_ids"),
    lengths: fixture.has("attention_mask") ? await rowLengths(fixture, "attention_mask") : undefined,
    pixels: await fixture.floats("pixel_values"),
    shape: fixture.shape("pixel_values"),
  }
}

async function embed(
  model: ClipModel,
  device: Device,
  { ids, lengths, pixels, shape }: Awaited<ReturnType<typeof readInputs>>,
  temperature: number,
) {
  const [images, texts, perImage, perText, imageLosses, textLosses] = await readAll(device, () => {
    const imageEmbeds = model.embedImages(Tensor.from(device, pixels, shape)) // [images, dim]
    const textEmbeds = model.embedText(device, ids, lengths) // [texts, dim]
    const forImages = scale(model.similarity(imageEmbeds, textEmbeds), temperature) // [images, texts]
    const forTexts = transpose(forImages, [1, 0]) // [texts, images]
    const own = Tensor.from(
      device,
      Int32Array.from({ length: Math.min(...forImages.shape) }, (_, i) => i),
      [Math.min(...forImages.shape)],
    )
    const paired = forImages.shape[0] === forImages.shape[1]
    const losses = paired ? [logProbabilities(forImages, own), logProbabilities(forTexts, own)] : [own, own]
    return [imageEmbeds, textEmbeds, forImages, forTexts, ...losses]
  })
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length
  const loss = Float32Array.of(-(mean(imageLosses!) + mean(textLosses!)) / 2)
  return { images: images!, texts: texts!, perImage: perImage!, perText: perText!, loss }
}
