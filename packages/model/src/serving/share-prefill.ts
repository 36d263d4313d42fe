/**
 * How many units each sequence computes in the next step, given how many it has `remaining`, the oldest first. Those that
 * need just one, to say their next token, all get it. The others share `budget`: half of it goes to the one that has waited
 * longest, so that none is overtaken forever, the rest to those nearest to their first token.
 */
export function sharePrefill(remaining: readonly number[], budget: number): number[] {
  const shares = remaining.map((count) => (count === 1 ? 1 : 0))
  const prompts = [...remaining.keys()].filter((index) => remaining[index]! > 1)
  let left = budget
  const give = (index: number, most: number) => {
    const given = Math.min(remaining[index]! - shares[index]!, most, left)
    shares[index]! += given
    left -= given
  }
  const [oldest] = prompts
  if (oldest !== undefined) give(oldest, Math.ceil(budget / 2))
  const need = (index: number) => remaining[index]! - shares[index]!
  for (const index of prompts.toSorted((a, b) => need(a) - need(b) || a - b)) give(index, left)
  return shares
}
