import type { Checkpoint } from "@llava/checkpoint"
import { type Device, openDevice } from "@llava/tensor"
import type { GgufKeys, LanguageModelPart, Part } from "../contract/part.ts"
import { composeLlava } from "../llava/compose-llava.ts"
import type { Llava } from "../llava/llava.ts"
import { ModelError } from "../model-error.ts"
import { chooseTemplate } from "./choose-template.ts"
import { collectWeights } from "./collect-weights.ts"
import { findGgufImageParts } from "./find-gguf-image-parts.ts"
import { folderOfFiles } from "./folder-of-files.ts"
import { ggufPlaces } from "./gguf-places.ts"
import type { LoadOptions } from "./load-options.ts"
import { loadPending, type PendingModule } from "./load-pending.ts"
import { parsePartConfig } from "./parse-part-config.ts"

/** Opened files of llama.cpp; they stay the caller's to close. */
export interface GgufFiles {
  /** The language model's file, for error messages. */
  name: string
  languageModel: Checkpoint
  /** llama.cpp's `mmproj` file with image encoder and projector. */
  mmproj?: { name: string; checkpoint: Checkpoint } | undefined
}

/**
 * Loads a language model from an opened GGUF file, with encoder and projector where an `mmproj` file is given. Errors:
 * those of `loadLlava`.
 */
export async function loadGguf(files: GgufFiles, options: LoadOptions): Promise<Llava> {
  const device = options.device ?? (await openDevice())
  const closesDevice = options.device === undefined
  const onFailure = new AsyncDisposableStack()
  if (closesDevice) onFailure.use(device)
  try {
    const { languageModel, part, pending, config } = await findLanguageModel(files, device, options)
    const opener = part.ggufTokenizer ? part : options.parts.find((other) => other.ggufTokenizer)
    const tokenizer = options.tokenizer ?? ggufTokenizer(opener, files)
    const tokenizerFiles = options.tokenizer ? undefined : opener?.ggufTokenizerFiles
    const { metadata } = files.languageModel
    const template = chooseTemplate(options.template, undefined, tokenizer, files.name)
    const modules: PendingModule[] = [pending]
    const image = files.mmproj && (await findGgufImageParts(files.mmproj, languageModel.hiddenSize, device, options))
    if (image) modules.push(...image.pending)
    await loadPending(device, modules, options)
    onFailure.move()
    const eos = tokenizer.eosTokenId
    return composeLlava({
      device,
      closesDevice,
      languageModel,
      tokenizer,
      template,
      endTokenIds: eos === undefined ? [] : [eos],
      ...image?.llava,
      source: {
        languageModel: { config, tensors: new Map() },
        ...image?.sources,
        tokenizerFolder: tokenizerFiles && folderOfFiles(files.name, tokenizerFiles(metadata, files.name)),
      },
    })
  } finally {
    await onFailure.disposeAsync()
  }
}

async function findLanguageModel({ name, languageModel: file }: GgufFiles, device: Device, options: LoadOptions) {
  const architecture = String(file.metadata["general.architecture"])
  const part = options.parts.findLast(
    (candidate): candidate is LanguageModelPart & { gguf: GgufKeys<unknown> } =>
      candidate.kind === "language-model" && candidate.gguf?.architecture === architecture,
  )
  if (!part) {
    const known = options.parts.flatMap(({ kind, gguf }) =>
      kind === "language-model" && gguf ? [gguf.architecture] : [],
    )
    const isImagePart = options.parts.some(({ gguf }) => gguf?.architecture === architecture)
    throw new ModelError(`${name}: there is no language model for the architecture '${architecture}'.`, {
      code: "unknown-model-type",
      fix: isImagePart
        ? "It holds image parts: open the language model's file, and give this one as its mmproj (on the command line: --mmproj FILE)."
        : `Known are: ${known.join(", ")}. Add a part for it to the list (on the command line: --part MODULE).`,
    })
  }
  const { shapeOf, places } = ggufPlaces(file)
  const stated = part.gguf.config(file.metadata, shapeOf) as Record<string, unknown>
  const config = await parsePartConfig(part.configSchema, stated, name)
  const languageModel = part.build(config, device)
  const entries = collectWeights("language model", languageModel, file.tensors, places(part, config))
  const pending = { module: languageModel, entries, dtype: options.dtype ?? "auto" } as const
  return { languageModel, part, pending, config: stated }
}

function ggufTokenizer(opener: Part | undefined, { name, languageModel }: GgufFiles) {
  if (opener?.ggufTokenizer) return opener.ggufTokenizer(languageModel.metadata, name)
  throw new ModelError(`None of the parts can open the tokenizer of ${name}.`, {
    code: "no-tokenizer",
    fix: "Pass one as the option `tokenizer`.",
  })
}
