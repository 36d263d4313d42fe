import type { PageOffer } from "./page-offer.ts"
import { RequestProblem } from "./request-problem.ts"
import { sendRequest } from "./send-request.ts"

export const noOffer: PageOffer = { samples: [], scenes: false, attention: false, openable: [] }

/** What the server offers this page; nothing where it does not know the question. */
export async function fetchPageOffer(): Promise<PageOffer> {
  try {
    return (await (await sendRequest("page/offer")).json()) as PageOffer
  } catch (error) {
    if (error instanceof RequestProblem && error.status === 404) return noOffer
    throw error
  }
}
