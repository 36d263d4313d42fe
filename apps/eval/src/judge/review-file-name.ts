/** `reviews.jsonl` of several becomes `reviews-2-swapped.jsonl`. */
export function reviewFileName(
  output: string,
  { run, runs, swapped }: { run: number; runs: number; swapped: boolean },
) {
  const [, stem = output, ending = ""] = /^(.*?)(\.[^./\\]+)?$/s.exec(output) ?? []
  return `${stem}${runs > 1 ? `-${run}` : ""}${swapped ? "-swapped" : ""}${ending}`
}
