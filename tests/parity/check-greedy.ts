import type { LanguageModel } from "@llava/model"
import type { Device } from "@llava/tensor"
import { greedyWithCache, greedyWithoutCache, type Prompt } from "./greedy.ts"
import type { Report } from "./report.ts"
import { tolerances } from "./tolerances.ts"

export interface GreedyCheck {
  report: Report
  device: Device
  languageModel: LanguageModel
  prompt: Prompt
  /** The prompt and the tokens that must follow it. */
  ids: readonly number[]
  promptLength: number
  label: string
}

/** Greedy tokens through the cache, the same without it, and the logits of both against each other. */
export async function checkGreedy({ report, device, languageModel, prompt, ids, promptLength, label }: GreedyCheck) {
  const expected = ids.slice(promptLength)
  const room = { steps: expected.length, capacity: ids.length }
  const cached = await report.measure(device, () => greedyWithCache(device, languageModel, prompt, room))
  report.equal(`greedy tokens${label}`, cached.value.ids, expected, cached)
  const whole = await report.measure(device, () => greedyWithoutCache(device, languageModel, prompt, expected))
  report.equal(`greedy tokens without cache${label}`, whole.value.ids, expected, whole)
  const logits = { value: cached.value.logits, dispatches: cached.dispatches }
  report.close(`cached logits = uncached${label}`, logits, whole.value.logits, tolerances.logits, device)
}
