/**
 * Runs `work` over the items, `limit` at a time. After a failure no item is begun, `stop` is aborted so that those under
 * way end, and once they have, the first failure is thrown.
 */
export async function mapInParallel<Item>(
  items: readonly Item[],
  limit: number,
  stop: AbortController,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values()
  let failure: { error: unknown } | undefined
  const worker = async () => {
    for (const item of queue) {
      if (failure) return
      try {
        await work(item)
      } catch (error) {
        failure ??= { error }
        stop.abort(failure.error)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, limit) }, worker))
  if (failure) throw failure.error
}
