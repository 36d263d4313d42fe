/** Does something with each item, so many at once; the first failure ends it, once what is under way has ended too. */
export async function inParallel<Item>(
  items: readonly Item[],
  most: number,
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  const waiting = items.entries()
  let failed = false
  const worker = async () => {
    for (const [index, item] of waiting) {
      if (failed) return
      try {
        await work(item, index)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  const results = await Promise.allSettled(Array.from({ length: Math.min(most, items.length) }, worker))
  const first = results.find((result) => result.status === "rejected")
  if (first) throw first.reason
}
