import type { WritableFile } from "./bytes/writable-file.ts"
import { CheckpointError } from "./checkpoint-error.ts"
import type { TensorToWrite } from "./tensor-to-write.ts"

/** Streams one tensor into `file`; throws `CheckpointError` "tensor-size-mismatch" when it is not `byteLength` long. */
export async function writeTensorData(
  file: WritableFile,
  tensor: TensorToWrite,
  byteLength: number,
  signal?: AbortSignal,
): Promise<void> {
  const bytes = typeof tensor.bytes === "function" ? await tensor.bytes() : tensor.bytes
  let written = 0
  for await (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) {
    signal?.throwIfAborted()
    written += chunk.byteLength
    if (written > byteLength) break
    await file.write(chunk)
  }
  if (written === byteLength) return
  throw new CheckpointError(
    `Tensor ${tensor.name}: ${tensor.dtype} [${tensor.shape}] is ${byteLength} bytes, but ${
      written > byteLength ? "more" : written
    } were given.`,
    { code: "tensor-size-mismatch", fix: "Give the bytes of exactly this shape and element type." },
  )
}
