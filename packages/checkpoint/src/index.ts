export type { ByteSource } from "./bytes/byte-source.ts"
export { CheckpointError } from "./checkpoint-error.ts"
export type { Checkpoint, StoredDType, StoredTensor } from "./stored-tensor.ts"
