import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { openCheckpoint } from "@llava/checkpoint"
import { ClipModel, clipConfigSchema, contrastiveObjective, type ImageTextBatch } from "@llava/clip"
import { loadModule } from "@llava/model"
import { type Device, exp, multiply, Tensor, transpose } from "@llava/tensor"
import { checkGradients } from "../check-gradients.ts"
import { eachModel } from "../each-model.ts"
import type { Fixture } from "../fixture.ts"
import type { KindCheck } from "../kind-check.ts"
import { readAll } from "../read-all.ts"
import { rowLengths } from "../row-lengths.ts"
import { splitImages } from "../split-images.ts"
import { tolerances } from "../tolerances.ts"

/** Both towers of CLIP: embeddings, logits, the symmetric contrastive loss, and its gradients. */
export const checkClip: KindCheck = async (context) => {
  const { fixture, report } = context
  await eachModel(context, async ({ path, label, device }) => {
    using model = await loadClip(path, device)
    const batch = await readBatch(fixture)
    const pixels = fixture.shape("pixel_values")
    const run = await report.measure(device, () => embed(model, device, batch, pixels))
    const { images, texts, perImage, perText } = run.value
    const rows = [
      ["text_embeds", texts, tolerances.features],
      ["image_embeds", images, tolerances.features],
      ["logits_per_image", perImage, tolerances.logits],
      ["logits_per_text", perText, tolerances.logits],
    ] as const
    for (const [name, value, tolerance] of rows) {
      if (!fixture.has(name)) continue
      report.close(`${name}${label}`, { ...run, value }, await fixture.floats(name), tolerance, device)
    }
    if (!fixture.has("loss")) return
    const objective = contrastiveObjective({ device, model })
    const { value: terms, dispatches } = await report.measure(device, () =>
      readAll(device, () => [objective.loss(batch)]),
    )
    const [sum, count] = terms[0] as unknown as [number, number]
    const loss = { value: [sum / count], dispatches }
    report.close(`loss${label}`, loss, await fixture.floats("loss"), tolerances.loss, device)
    await checkGradients({ fixture, report }, { objective, batch, pathOf: (name) => name, label })
  })
}

async function loadClip(path: string, device: Device): Promise<ClipModel> {
  const config = clipConfigSchema.parse(JSON.parse(await readFile(join(path, "config.json"), "utf8")))
  const model = new ClipModel(config)
  await using checkpoint = await openCheckpoint(path)
  const keys = (name: string) => (name.endsWith("position_ids") ? undefined : name)
  await loadModule("CLIP", model, checkpoint.tensors, { device, keys, dtype: "f32" })
  return model
}

async function readBatch(fixture: Fixture): Promise<ImageTextBatch> {
  return {
    images: splitImages(await fixture.floats("pixel_values"), fixture.shape("pixel_values")),
    texts: await fixture.rows("input_ids"),
    lengths: fixture.has("attention_mask") ? await rowLengths(fixture, "attention_mask") : undefined,
  }
}

async function embed(
  model: ClipModel,
  device: Device,
  { images, texts, lengths }: ImageTextBatch,
  shape: readonly number[],
) {
  const [ofImages, ofTexts, perImage, perText] = await readAll(device, () => {
    const pixels = Float32Array.from(images.flatMap((image) => [...image]))
    const imageEmbeds = model.embedImages(Tensor.from(device, pixels, shape)) // [images, dim]
    const textEmbeds = model.embedText(device, texts, lengths) // [texts, dim]
    const factor = exp(model.logit_scale.tensor) // []
    const forImages = multiply(model.similarity(imageEmbeds, textEmbeds), factor) // [images, texts]
    return [imageEmbeds, textEmbeds, forImages, transpose(forImages, [1, 0])]
  })
  return { images: ofImages!, texts: ofTexts!, perImage: perImage!, perText: perText! }
}
