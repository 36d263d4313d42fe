import { hashModel, loadParts, ProgressReport, readEnvironment } from "@llava/app-common"
import { openModel } from "@llava/hub"
import type { Llava } from "@llava/model"
import { modelIdOf } from "./model-id-of.ts"
import type { ModelOptions } from "./model-options.ts"

/** A model under test, and what tells it from others. */
export interface EvaluatedModel extends AsyncDisposable {
  model: Llava
  identity: { name: string; sha256: string | null; dtype: string }
  /** What the GPU calls itself. */
  adapter: string
}

/** Opens the model that is named, and takes the hash of its files. Errors: those of `openModel`, and AppError "part-module". */
export async function openEvaluatedModel(name: string, options: ModelOptions): Promise<EvaluatedModel> {
  const { modelId, template, tokenizer, mmproj, base, dtype } = options
  const parts = await loadParts(options.part, process.cwd())
  const hub = await readEnvironment(process.env)
  const report = ProgressReport.onStandardError()
  try {
    const model = await openModel(name, {
      ...{ ...hub, offline: hub.offline || options.offline === true, parts },
      ...(template !== undefined && { template }),
      ...(tokenizer !== undefined && { tokenizer }),
      ...(mmproj !== undefined && { mmproj }),
      ...(base !== undefined && { base }),
      ...(dtype !== undefined && { dtype }),
      onProgress: report.opening,
    })
    const files = (await hashModel(name)) ?? (await hashModel(model.options.source?.folder?.name ?? name))
    return {
      model,
      identity: { name: modelId ?? modelIdOf(name), sha256: files ?? null, dtype: dtype ?? "auto" },
      adapter: model.device.profile.name,
      [Symbol.asyncDispose]: () => model[Symbol.asyncDispose](),
    }
  } finally {
    report.finish()
  }
}
