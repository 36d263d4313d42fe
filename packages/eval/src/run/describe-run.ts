import type { AnsweringModel } from "./answering-model.ts"
import type { RunRecord } from "./run-record.ts"

/** The record of a run: what it was asked for, and what the model states of itself. */
export function describeRun(
  model: AnsweringModel,
  asked: Omit<RunRecord, "template" | "imageMode" | "selectLayers" | "selectFeature">,
): RunRecord {
  const { template, imageAspectRatio = "square", selectLayers = [-2], selectFeature = "patch" } = model.options
  const sees = model.encoder !== undefined
  return {
    ...asked,
    template: template.name,
    imageMode: sees ? imageAspectRatio : null,
    selectLayers: sees ? [...selectLayers] : null,
    selectFeature: sees ? selectFeature : null,
  } as RunRecord
}
