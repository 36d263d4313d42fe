import { computed, signal } from "@preact/signals"
import { fetchPageOffer, noOffer } from "../api/fetch-page-offer.ts"
import { listModels } from "../api/list-models.ts"
import { reportProblem } from "./notices.ts"

/** Ids of the open models. */
export const models = signal<readonly string[]>([])
/** What the user chose; the server's first model where that is gone. */
export const chosenModel = signal<string | undefined>(undefined)
export const model = computed(() => models.value.find((id) => id === chosenModel.value) ?? models.value[0])
/** What the server offers beside answers. */
export const offer = signal(noOffer)

/** Asks the server what it has. Problems are reported, and the page goes on without. */
export async function askServer(): Promise<void> {
  const asked = [
    listModels().then((ids) => {
      models.value = ids
    }),
    fetchPageOffer().then((offered) => {
      offer.value = offered
    }),
  ]
  await Promise.all(asked).catch(reportProblem)
}
