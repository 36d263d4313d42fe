import { mergeCheckpoints } from "../merge-checkpoints.ts"
import type { Checkpoint } from "../stored-tensor.ts"
import type { ByteSource } from "./byte-source.ts"
import { closeAll } from "./close-all.ts"

/** Opens every source by `openOne` and merges them; closes all of them when anything fails. */
export async function openParts(
  sources: ByteSource | readonly ByteSource[],
  openOne: (source: ByteSource) => Promise<Checkpoint>,
): Promise<Checkpoint> {
  const list: readonly ByteSource[] = "read" in sources ? [sources] : sources
  try {
    const parts: Checkpoint[] = []
    for (const source of list) parts.push(await openOne(source))
    return parts.length === 1 ? parts[0]! : mergeCheckpoints(parts)
  } catch (error) {
    await closeAll(list)
    throw error
  }
}
