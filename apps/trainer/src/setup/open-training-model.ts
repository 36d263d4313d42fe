import { AppError, loadParts, ProgressReport, readEnvironment } from "@llava/app-common"
import { composeModel, openModel } from "@llava/hub"
import type { Llava } from "@llava/model"
import type { Device } from "@llava/tensor"
import type { Recipe } from "@llava/train"
import type { TrainerOptions } from "../command-line/trainer-options.ts"

/**
 * Opens the model of the command line, or composes a new one; on a device of its own unless one is given. Errors: AppError "tokenizer-files" for a model that could
 * be trained but not saved, and those of opening.
 */
export async function openTrainingModel(options: TrainerOptions, recipe: Recipe, device?: Device): Promise<Llava> {
  const parts = await loadParts(options.part, process.cwd())
  const hub = await readEnvironment(process.env)
  const report = ProgressReport.onStandardError()
  const isCaptions = recipe.template === "plain"
  const template = options.template ?? (isCaptions ? undefined : recipe.template) ?? undefined
  const common = {
    ...{ ...hub, parts, offline: hub.offline || options.offline },
    ...(device && { device }),
    ...(template !== undefined && { template }),
    dtype: options.dtype ?? "unquantised",
    onProgress: report.opening,
  }
  try {
    const { model: name, encoder, languageModel, projector, selectLayer, imageStartEnd } = options
    const model =
      name === undefined
        ? await composeModel({
            ...{ ...common, encoder: encoder!, languageModel: languageModel!, seed: recipe.seed },
            imageStartEnd,
            ...(projector !== undefined && { projector }),
            ...(selectLayer !== undefined && { selectLayers: selectLayer }),
          })
        : await openModel(name, common)
    await checkSavable(model, name ?? languageModel!)
    return model
  } finally {
    report.finish()
  }
}

/** What cannot be written at the end is said at the beginning. */
async function checkSavable(model: Llava, name: string): Promise<void> {
  if (model.options.source?.tokenizerFolder) return
  await model[Symbol.asyncDispose]()
  throw new AppError(`${name} has no tokenizer files, which the trained model would need.`, {
    code: "tokenizer-files",
    fix: "Train a model with a tokenizer.json or tokenizer.model, or a .gguf file whose part writes them (ggufTokenizerFiles).",
  })
}
