import { type CachedSnapshotOptions, cachedSnapshot } from "./cached-snapshot.ts"
import { HubError } from "./hub-error.ts"

/** An error to throw instead of `error`: where the hub cannot be reached but the cache would do, it says so. */
export async function suggestOffline(error: unknown, options: CachedSnapshotOptions): Promise<unknown> {
  if (!(error instanceof HubError) || !error.transient) return error
  const cached = await cachedSnapshot(options).catch(() => undefined)
  if (cached === undefined) return error
  return new HubError(error.message, {
    code: error.code,
    fix: `The cache holds what was last downloaded of ${options.repo}: to use it, pass \`offline\`.`,
    transient: true,
    ...(error.status === undefined ? {} : { status: error.status }),
    cause: error,
  })
}
