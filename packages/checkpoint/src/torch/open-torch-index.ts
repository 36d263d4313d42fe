import type { ByteSource } from "../bytes/byte-source.ts"
import { type OpenShard, openSharded } from "../open-sharded.ts"
import type { Checkpoint } from "../stored-tensor.ts"
import { openTorch } from "./open-torch.ts"

/**
 * Opens the shards behind a `pytorch_model.bin.index.json`. `openShard` reaches a shard by the name in the index.
 *
 * Throws `CheckpointError` "index-invalid", "shard-missing", "tensor-missing" (listed but not in the shard), and what
 * `openTorch` throws of a single shard.
 */
export function openTorchIndex(index: ByteSource, openShard: OpenShard): Promise<Checkpoint> {
  return openSharded(index, openShard, openTorch)
}
