import { describe, expect, it } from "vitest"
import { bytesSource } from "./bytes/bytes-source.ts"
import { openCheckpointSource } from "./open-checkpoint-source.ts"

/** A safetensors file whose header is padded to a given length. */
function safetensors(headerLength: number): Uint8Array<ArrayBuffer> {
  const header = JSON.stringify({ a: { dtype: "F32", shape: [1], data_offsets: [0, 4] } }).padEnd(headerLength)
  const bytes = new Uint8Array(8 + headerLength + 4)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true)
  bytes.set(new TextEncoder().encode(header), 8)
  return bytes
}

describe("openCheckpointSource", () => {
  it.each([
    ["a pickle's first byte", 0x180],
    ["a zip file's first bytes", 0x4b50],
    ["nothing else", 0x100],
  ])("knows safetensors whose header length looks like %s", async (_, length) => {
    await using checkpoint = await openCheckpointSource(bytesSource(safetensors(length), "model.safetensors"))
    expect([...checkpoint.tensors.keys()]).toEqual(["a"])
  })
})
