import type { Checkpoint } from "@llava/checkpoint"
import { ModelError } from "../model-error.ts"
import type { LoadOptions } from "./load-options.ts"
import type { Manifest } from "./manifest.ts"
import type { ModelFolder } from "./model-folder.ts"
import { openModelFolder } from "./open-model-folder.ts"
import { type PartTensors, splitTensors } from "./split-tensors.ts"

/** `model.layers.0.`, `transformer.h.0.`: what every language model has, and a lone embedding table has not. */
const numberedLayer = /(^|\.)\d+\./

/** The stored tensors of a model by part, and those of the base that its language model is to be added to. */
export interface ModelWeights extends AsyncDisposable {
  readonly parts: PartTensors
  readonly base: PartTensors["language-model"] | undefined
}

/**
 * Opens the weights of a folder and of its base. A folder that holds a projector alone takes its language model from
 * the base as it is; one that holds a language model too is a difference to the base (the first LLaVA's delta weights).
 */
export async function openModelWeights(
  folder: ModelFolder,
  manifest: Manifest,
  { base }: Pick<LoadOptions, "base">,
): Promise<ModelWeights> {
  const opened = new AsyncDisposableStack()
  const open = async (from: ModelFolder): Promise<Checkpoint> => opened.use(await from.openWeights())
  try {
    const parts = splitTensors((await open(folder)).tensors.values())
    const baseFolder = typeof base === "string" ? await openModelFolder(base) : base
    const baseParts = baseFolder && splitTensors((await open(baseFolder)).tensors.values())
    const own = parts["language-model"]
    const onlyProjector = ![...own.keys()].some((name) => numberedLayer.test(name))
    if (onlyProjector && !baseParts) {
      throw new ModelError(`${folder.name} holds no language model.`, {
        code: "base-missing",
        fix: "Name the folder of the language model that it belongs to (on the command line: --base FOLDER).",
      })
    }
    if (baseParts && baseParts["language-model"].size === 0) {
      throw new ModelError(`The base of ${manifest.file} holds no language model.`, { code: "base-missing" })
    }
    return {
      // A projector trained with tokens of its own brings the embedding table along.
      parts: onlyProjector ? { ...parts, "language-model": new Map([...baseParts!["language-model"], ...own]) } : parts,
      base: onlyProjector ? undefined : baseParts?.["language-model"],
      [Symbol.asyncDispose]: () => opened.disposeAsync(),
    }
  } catch (error) {
    await opened.disposeAsync()
    throw error
  }
}
