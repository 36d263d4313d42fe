import { openDevice } from "@llava/tensor"
import { composeLlava } from "../llava/compose-llava.ts"
import type { Llava } from "../llava/llava.ts"
import { chooseTemplate } from "./choose-template.ts"
import { endTokenIds } from "./end-token-ids.ts"
import { findEncoder } from "./find-encoder.ts"
import { findLanguageModel } from "./find-language-model.ts"
import { findProjector } from "./find-projector.ts"
import type { LoadOptions } from "./load-options.ts"
import { loadPending, type PendingModule } from "./load-pending.ts"
import { loadTokenizer } from "./load-tokenizer.ts"
import type { ModelFolder } from "./model-folder.ts"
import { openModelFolder } from "./open-model-folder.ts"
import { openModelWeights } from "./open-model-weights.ts"
import { readManifest } from "./read-manifest.ts"

/**
 * Loads a LLaVA, or a language model alone, from a folder in Hugging Face's or the original LLaVA's layout, made of
 * the given parts. Everything is checked before the first weight is read.
 */
export async function loadLlava(path: string | ModelFolder, options: LoadOptions): Promise<Llava> {
  const folder = typeof path === "string" ? await openModelFolder(path) : path
  const manifest = await readManifest(folder)
  await using resources = new AsyncDisposableStack()
  const device = options.device ?? (await openDevice())
  const closesDevice = options.device === undefined
  const onFailure = new AsyncDisposableStack()
  if (closesDevice) onFailure.use(device)
  try {
    const weights = await openModelWeights(folder, manifest, options)
    resources.use(weights)
    const { languageModel, part, pending } = await findLanguageModel(manifest, weights, device, options)
    const tokenizer = await loadTokenizer(folder, manifest, part, languageModel.vocabSize, options)
    const template = chooseTemplate(options.template, manifest.template, tokenizer, folder.name)
    const modules: PendingModule[] = [pending]
    const { image } = manifest
    const found =
      image && (await findEncoder(folder, manifest, image, weights.parts["vision-encoder"], device, options))
    if (found?.checkpoint) resources.use(found.checkpoint)
    const projected =
      image && found
        ? await findProjector(manifest, image, weights, found.encoder, languageModel.hiddenSize, device, options)
        : undefined
    if (found) modules.push(found.pending)
    if (projected) modules.push(projected.pending)
    await loadPending(device, modules, options)
    onFailure.move()
    return composeLlava({
      device,
      closesDevice,
      encoder: found?.encoder,
      projector: projected?.projector,
      languageModel,
      tokenizer,
      template,
      endTokenIds: await endTokenIds(folder, manifest, tokenizer),
      maxLength: manifest.maxLength,
      ...(image && {
        selectLayers: image.selectLayers,
        selectFeature: image.selectFeature,
        imageAspectRatio: found?.pads ? "pad" : image.imageAspectRatio,
        imageSpec: found?.imageSpec,
        imageStartEnd: image.imageStartEnd,
        imageTokenId: ownImageToken(image.imageTokenId, tokenizer.tokenId("<image>")),
      }),
    })
  } finally {
    await onFailure.disposeAsync()
  }
}

/** A tokenizer that knows the image token tokenises prompts whole; others piece by piece, as the original does. */
function ownImageToken(stated: number | undefined, known: number | undefined): number | undefined {
  return stated === known ? stated : undefined
}
