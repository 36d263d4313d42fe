import { AppError } from "@llava/app-common"
import type { TrainerOptions } from "./trainer-options.ts"

type Given = Omit<TrainerOptions, "recipe" | "data"> & Partial<Pick<TrainerOptions, "recipe" | "data">>

/** Options that go together and leave nothing out. Errors: AppError "command-line". */
export function checkOptions(options: Given): TrainerOptions {
  const { recipe, data, model, encoder, languageModel, projector, output } = options
  const isNew = encoder !== undefined || languageModel !== undefined
  if (recipe === undefined) throw wrong("There is no recipe.", "Add --recipe stage1, stage2 or a file.")
  if (model !== undefined && isNew) {
    throw wrong(
      "--model goes on with a model, --encoder and --language-model make a new one.",
      "Leave one of them out.",
    )
  }
  if (model === undefined && !isNew) {
    throw wrong("There is no model.", "Add --model, or --encoder and --language-model for a new one.")
  }
  if (isNew && (encoder === undefined || languageModel === undefined)) {
    const missing = encoder === undefined ? "--encoder" : "--language-model"
    throw wrong(`A new model needs ${missing} too.`, `Add ${missing} with a folder or a hub id.`)
  }
  if (projector !== undefined && !isNew) {
    throw wrong(
      "--projector belongs to a new model.",
      "Leave it out, or give --encoder and --language-model in place of --model.",
    )
  }
  if (options.selectLayer !== undefined && !isNew) {
    throw wrong("--select-layer belongs to a new model.", "Leave it out: a model states the layer it was trained on.")
  }
  if (options.imageStartEnd && !isNew) {
    throw wrong(
      "--image-start-end belongs to a new model.",
      "Leave it out: a model states what stands around pictures.",
    )
  }
  if (data === undefined) throw wrong("There is no data.", "Add --data with a file of samples.")
  if (output === undefined && !options.dryRun && !options.estimateMemory) {
    throw wrong("There is no output folder.", "Add --output with a folder, which need not exist.")
  }
  return { ...options, recipe, data }
}

function wrong(message: string, fix: string): AppError {
  return new AppError(message, { code: "command-line", fix })
}
