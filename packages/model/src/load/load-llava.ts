import { openDevice } from "@llava/tensor"
import { readImageDomain } from "../domain/read-image-domain.ts"
import { composeLlava } from "../llava/compose-llava.ts"
import type { Llava } from "../llava/llava.ts"
import { adapterOverBase } from "../lora/adapter-over-base.ts"
import { attachAdapter } from "../lora/attach-adapter.ts"
import { isAdapterFolder } from "../lora/is-adapter-folder.ts"
import { openAdapter } from "../lora/open-adapter.ts"
import { chooseTemplate } from "./choose-template.ts"
import { endTokenIds } from "./end-token-ids.ts"
import { type FoundParts, findParts } from "./find-parts.ts"
import type { LoadOptions } from "./load-options.ts"
import { loadPending } from "./load-pending.ts"
import { loadTokenizer } from "./load-tokenizer.ts"
import type { ModelFolder } from "./model-folder.ts"
import { openModelFolder } from "./open-model-folder.ts"
import { readManifest } from "./read-manifest.ts"

/**
 * Loads a LLaVA, or a language model alone, from a folder in Hugging Face's or the original LLaVA's layout, made of
 * the given parts. A folder that holds an adapter (PEFT's, or the original LLaVA's LoRA output) needs its `base`. Everything is checked before the first weight is read.
 *
 * Errors: `ModelError` "config-missing", "config-invalid", "unknown-model-type" (no part for it), "template-missing",
 * "no-tokenizer", "tokenizer-size", "base-missing", "encoder-missing", "image-domain-invalid", "tensor-missing", "tensor-shape";
 * `CheckpointError` for damaged files; the signal's reason.
 */
export async function loadLlava(path: string | ModelFolder, options: LoadOptions): Promise<Llava> {
  const open = async (folder: string | ModelFolder) => (typeof folder === "string" ? openModelFolder(folder) : folder)
  const given = await open(path)
  const givenBase = options.base === undefined ? undefined : await open(options.base)
  const hasAdapter = isAdapterFolder(given)
  const folder = hasAdapter ? await adapterOverBase(given, givenBase) : given
  const base = hasAdapter ? undefined : givenBase
  const { base: _, ...others } = options
  const resolved = { ...others, ...(base && { base }) }
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
  // Adapters were trained on pictures of their own.
  const imageDomain = encoder && !hasAdapter ? await readImageDomain(folder, encoder.featureSize) : undefined
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
      imageDomain,
      imageStartEnd: image.imageStartEnd,
      imageTokenId: ownImageToken(image.imageTokenId, tokenizer.tokenId("<image>")),
    }),
  })
  await loadPending(device, found.pending, options)
  if (hasAdapter) {
    onFailure.defer(() => releaseParts(found))
    await using adapter = await openAdapter(given)
    await attachAdapter(model, adapter, options.signal)
  }
  onFailure.move()
  return model
}

function releaseParts({ encoder, projector, languageModel }: FoundParts): void {
  for (const part of [encoder, projector, languageModel]) part?.[Symbol.dispose]()
}

/** A tokenizer that knows the image token tokenises prompts whole; others piece by piece, as the original does. */
function ownImageToken(stated: number | undefined, known: number | undefined): number | undefined {
  return stated === known ? stated : undefined
}
