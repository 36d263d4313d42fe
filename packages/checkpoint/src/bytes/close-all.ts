/** Closes every source or checkpoint, also when closing one fails; then throws the first failure. */
export async function closeAll(resources: Iterable<AsyncDisposable>): Promise<void> {
  const results = await Promise.allSettled([...resources].map((resource) => resource[Symbol.asyncDispose]()))
  const failure = results.find((result) => result.status === "rejected")
  if (failure) throw failure.reason
}
