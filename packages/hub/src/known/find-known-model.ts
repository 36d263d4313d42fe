import { type KnownModel, knownModels } from "./known-models.ts"

/** A model of the table by its short name or its hub id; letter case does not matter. */
export function findKnownModel(name: string): KnownModel | undefined {
  const wanted = name.toLowerCase()
  return knownModels.find((model) => model.name === wanted || model.hub.toLowerCase() === wanted)
}
