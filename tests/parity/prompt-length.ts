import { commonPrefix } from "./common-prefix.ts"

/** `greedy_ids` begin with the prompt, the start of a row of `input_ids`: so long is it. Throws where there is none. */
export function promptLength(greedyIds: readonly number[], inputIds: readonly number[]): number {
  const length = commonPrefix(greedyIds, inputIds)
  if (length > 0 && length < greedyIds.length) return length
  throw new Error("'greedy_ids' do not continue the first row of 'input_ids'")
}
