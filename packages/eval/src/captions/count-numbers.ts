/** How often each number is in a list. */
export function countNumbers(numbers: Iterable<number>): Map<number, number> {
  const counts = new Map<number, number>()
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1)
  return counts
}
