import { openDevice } from "@llava/tensor"
import { composeLlava } from "../llava/compose-llava.ts"
import type { Llava } from "../llava/llava.ts"
import { chooseTemplate } from "./choose-template.ts"
import { endTokenIds } from "./end-token-ids.ts"
import { findParts } from "./find-parts.ts"
import type { LoadOptions } from "./load-options.ts"
import { loadPending } from "./load-pending.ts"
import { loadTokenizer } from "./load-tokenizer.ts"
import type { ModelFolder } from "./model-folder.ts"
import { openModelFolder } from "./open-model-folder.ts"
import { readManifest } from "./read-manifest.ts"

/**
 * Loads a LLaVA, or a language model alone, from a folder in Hugging Face's or the original LLaVA's layout, made of
 * the given parts. Everything is checked before the first weight is read.
 *
 * Errors: `ModelError` "config-missing", "config-invalid", "unknown-model-type" (no part for it), "template-missing",
 * "no-tokenizer", "tokenizer-size", "base-missing", "encoder-missing", "tensor-missing", "tensor-shape";
 * `CheckpointError` for damaged files; the signal's reason.
 */
export async function loadLlava(path: string | ModelFolder, options: LoadOptions): Promise<Llava> {
  const open = async (folder: string | ModelFolder) => (typeof folder === "string" ? openModelFolder(folder) : folder)
  const folder = await open(path)
  const base = options.base === undefined ? undefined : await open(options.base)
  const resolved = { ...options, ...(base && { base }) }
  const manifest = await readManifest(folder)
  const device = options.device ?? (await openDevice())
  const closesDevice = options.device === undefined
  await using onFailure = new AsyncDisposableStack()
  if (closesDevice) onFailure.use(device)
  await using found = await findParts(folder, manifest, device, resolved)
  const { encoder, projector, languageModel, languageModelPart } = found
  const { tokenizer, from } = await loadTokenizer(
    folder,
    manifest,
    languageModelPart,
    languageModel.vocabSize,
    options,
    base,
  )
  const template = chooseTemplate(options.template, manifest.template, tokenizer, folder.name)
  const ends = await endTokenIds(folder, manifest, tokenizer)
  const { image } = manifest
  const model = composeLlava({
    device,
    closesDevice,
    encoder,
    projector,
    languageModel,
    tokenizer,
    template,
    endTokenIds: ends,
    maxLength: manifest.maxLength,
    source: { ...found.sources, folder, tokenizerFolder: from, manifest },
    ...(image && {
      selectLayers: image.selectLayers,
      selectFeature: image.selectFeature,
      imageAspectRatio: found.pads ? "pad" : image.imageAspectRatio,
      imageSpec: found.imageSpec,
      imageStartEnd: image.imageStartEnd,
      imageTokenId: ownImageToken(image.imageTokenId, tokenizer.tokenId("<image>")),
    }),
  })
  await loadPending(device, found.pending, options)
  onFailure.move()
  return model
}

/** A tokenizer that knows the image token tokenises prompts whole; others piece by piece, as the original does. */
function ownImageToken(stated: number | undefined, known: number | undefined): number | undefined {
  return stated === known ? stated : undefined
}
