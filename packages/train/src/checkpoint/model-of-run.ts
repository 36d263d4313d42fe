import type { Llava } from "@llava/model"
import { type ModelIdentity, modelIdentity } from "./model-identity.ts"

/** By model and output folder: what runs of this process began with. */
const begun = new WeakMap<Llava, Map<string, ModelIdentity>>()

/** The identity of what a run begins with; one that goes on with the model that it has changed already keeps its own. */
export async function modelOfRun(model: Llava, output: string, restart: boolean): Promise<ModelIdentity> {
  const known = begun.get(model) ?? new Map<string, ModelIdentity>()
  begun.set(model, known)
  const identity = (restart ? undefined : known.get(output)) ?? (await modelIdentity(model))
  known.set(output, identity)
  return identity
}
