import type { ByteSource } from "../bytes/byte-source.ts"
import { type OpenShard, openSharded } from "../open-sharded.ts"
import type { Checkpoint } from "../stored-tensor.ts"
import { openSafetensors } from "./open-safetensors.ts"

/**
 * Opens the shards behind a `model.safetensors.index.json`. `openShard` reaches a shard by the name in the index.
 *
 * Throws `CheckpointError` "index-invalid", "shard-missing", "tensor-missing" (listed but not in the shard), and what
 * `openSafetensors` throws of a single shard.
 */
export function openSafetensorsIndex(index: ByteSource, openShard: OpenShard): Promise<Checkpoint> {
  return openSharded(index, openShard, openSafetensors)
}
