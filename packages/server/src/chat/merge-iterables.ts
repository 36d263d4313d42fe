/**
 * What several sources give, in the order in which it comes. The first error ends all of them, as does leaving the loop:
 * `stop` is called then, for sources that wait for something.
 */
export async function* mergeIterables<T>(
  sources: readonly AsyncGenerator<T, void>[],
  stop: () => void,
): AsyncGenerator<T, void> {
  const step = async (source: AsyncGenerator<T, void>) => ({ source, step: await source.next() })
  const pending = new Map(sources.map((source) => [source, step(source)]))
  try {
    while (pending.size > 0) {
      const { source, step: next } = await Promise.race(pending.values())
      if (next.done) {
        pending.delete(source)
        continue
      }
      pending.set(source, step(source))
      yield next.value
    }
  } finally {
    stop()
    // A failure is known by the first; the others only have to come to their end.
    for (const running of pending.values()) running.catch(() => undefined)
    await Promise.allSettled(sources.map((source) => source.return()))
  }
}
