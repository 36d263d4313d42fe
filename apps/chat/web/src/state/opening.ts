import { signal } from "@preact/signals"
import { type OpenProgress, openModel } from "../api/open-model.ts"
import type { Problem } from "../problem.ts"
import { problemOf } from "../problem-of.ts"
import { askServer, chosenModel } from "./models.ts"
import { announcement } from "./notices.ts"

export interface Opening {
  readonly name: string
  readonly progress?: OpenProgress
  readonly problem?: Problem
}

/** The model that is being fetched and loaded, or the last that could not be. */
export const opening = signal<Opening | undefined>(undefined)

let stop: AbortController | undefined

/** Has the server open a model, and asks that one from then on. */
export async function openNamedModel(name: string): Promise<void> {
  stopOpening()
  const own = new AbortController()
  stop = own
  opening.value = { name }
  try {
    const id = await openModel(name, own.signal, (progress) => {
      if (!own.signal.aborted) opening.value = { name, progress }
    })
    opening.value = undefined
    chosenModel.value = id
    announcement.value = `${id} is open.`
    await askServer()
  } catch (error) {
    if (!own.signal.aborted) opening.value = { name, problem: problemOf(error) }
  }
}

export function stopOpening(): void {
  stop?.abort()
  opening.value = undefined
}
