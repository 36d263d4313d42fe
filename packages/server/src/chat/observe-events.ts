import type { ServerMetrics } from "../metrics/server-metrics.ts"
import type { ChoiceEvent } from "./choice-events.ts"

/** Passes events on and counts them: when each choice began and ended, and those that did not. */
export async function* observeEvents(
  events: AsyncIterable<ChoiceEvent>,
  { metrics, model, choices }: { metrics: ServerMetrics; model: string; choices: number },
): AsyncGenerator<ChoiceEvent, void> {
  const start = performance.now()
  const elapsed = () => (performance.now() - start) / 1000
  const begun = new Set<number>()
  let ended = 0
  let failed = false
  try {
    for await (const event of events) {
      if (!begun.has(event.index)) metrics.firstToken(model, elapsed())
      begun.add(event.index)
      if ("result" in event) {
        metrics.answer(model, elapsed(), event.result)
        ended++
      }
      yield event
    }
  } catch (error) {
    failed = !(error instanceof DOMException && error.name === "AbortError")
    throw error
  } finally {
    for (; ended < choices; ended++) metrics.brokenOff(model, failed ? "failed" : "left")
  }
}
