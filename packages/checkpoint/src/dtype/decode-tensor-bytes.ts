import { CheckpointError } from "../checkpoint-error.ts"
import type { StoredDType } from "../stored-tensor.ts"
import { alignedBytes } from "./aligned-bytes.ts"
import { bfloat16ToFloat32 } from "./bfloat16-to-float32.ts"
import { blockLayout } from "./block-layout.ts"
import type { BlockDecoder } from "./blocks/block-decoder.ts"
import { decodeIQ4_NL } from "./blocks/decode-iq4-nl.ts"
import { decodeIQ4_XS } from "./blocks/decode-iq4-xs.ts"
import { decodeQ2_K } from "./blocks/decode-q2-k.ts"
import { decodeQ3_K } from "./blocks/decode-q3-k.ts"
import { decodeQ4_0 } from "./blocks/decode-q4-0.ts"
import { decodeQ4_1 } from "./blocks/decode-q4-1.ts"
import { decodeQ4_K } from "./blocks/decode-q4-k.ts"
import { decodeQ5_0 } from "./blocks/decode-q5-0.ts"
import { decodeQ5_1 } from "./blocks/decode-q5-1.ts"
import { decodeQ5_K } from "./blocks/decode-q5-k.ts"
import { decodeQ6_K } from "./blocks/decode-q6-k.ts"
import { decodeQ8_0 } from "./blocks/decode-q8-0.ts"
import { float16Table } from "./float16-table.ts"
import { float16ToFloat32 } from "./float16-to-float32.ts"

type Decoder = (bytes: Uint8Array, out: Float32Array) => void

const decoders: Readonly<Record<StoredDType, Decoder>> = {
  F64: (bytes, out) => out.set(new Float64Array(...over(bytes, 8))),
  F32: (bytes, out) => out.set(new Float32Array(...over(bytes, 4))),
  F16: (bytes, out) => float16ToFloat32(new Uint16Array(...over(bytes, 2)), out),
  BF16: (bytes, out) => bfloat16ToFloat32(new Uint16Array(...over(bytes, 2)), out),
  I64: (bytes, out) => wide(new BigInt64Array(...over(bytes, 8)), out),
  I32: (bytes, out) => out.set(new Int32Array(...over(bytes, 4))),
  I16: (bytes, out) => out.set(new Int16Array(...over(bytes, 2))),
  I8: (bytes, out) => out.set(new Int8Array(...over(bytes, 1))),
  U64: (bytes, out) => wide(new BigUint64Array(...over(bytes, 8)), out),
  U32: (bytes, out) => out.set(new Uint32Array(...over(bytes, 4))),
  U16: (bytes, out) => out.set(new Uint16Array(...over(bytes, 2))),
  U8: (bytes, out) => out.set(bytes),
  BOOL: (bytes, out) => {
    for (let i = 0; i < bytes.length; i++) out[i] = bytes[i] === 0 ? 0 : 1
  },
  Q4_0: blocks(decodeQ4_0),
  Q4_1: blocks(decodeQ4_1),
  Q5_0: blocks(decodeQ5_0),
  Q5_1: blocks(decodeQ5_1),
  Q8_0: blocks(decodeQ8_0),
  Q2_K: blocks(decodeQ2_K),
  Q3_K: blocks(decodeQ3_K),
  Q4_K: blocks(decodeQ4_K),
  Q5_K: blocks(decodeQ5_K),
  Q6_K: blocks(decodeQ6_K),
  IQ4_NL: blocks(decodeIQ4_NL),
  IQ4_XS: blocks(decodeIQ4_XS),
}

/**
 * The values of stored bytes as float32. `bytes` may be any whole number of blocks of a tensor, so a big tensor can be
 * decoded piece by piece; `out` (by default a new array) must have room for them. Floats and block formats are exact
 * (F64 rounds); integers beyond 2^24 round to the nearest float32; BOOL gives 0 or 1.
 *
 * Throws `CheckpointError` "block-incomplete" when `bytes` is no whole number of blocks.
 */
export function decodeTensorBytes(dtype: StoredDType, bytes: Uint8Array, out?: Float32Array): Float32Array {
  const block = blockLayout(dtype)
  if (bytes.byteLength % block.bytes !== 0)
    throw new CheckpointError(`${bytes.byteLength} bytes are no whole number of ${dtype} blocks of ${block.bytes}.`, {
      code: "block-incomplete",
      fix: "Read ranges that begin and end on blocks (see blockLayout).",
    })
  const length = (bytes.byteLength / block.bytes) * block.elements
  const values = out ? out.subarray(0, length) : new Float32Array(length)
  if (values.length < length)
    throw new CheckpointError(`${length} values do not fit into an array of ${values.length}.`, {
      code: "output-too-small",
    })
  decoders[dtype](bytes, values)
  return values
}

function over(bytes: Uint8Array, elementBytes: number): [ArrayBufferLike, number, number] {
  const aligned = alignedBytes(bytes, elementBytes)
  return [aligned.buffer, aligned.byteOffset, aligned.byteLength / elementBytes]
}

function wide(values: BigInt64Array | BigUint64Array, out: Float32Array): void {
  for (let i = 0; i < values.length; i++) out[i] = Number(values[i]!)
}

function blocks(decode: BlockDecoder): Decoder {
  return (bytes, out) => {
    const halves = float16Table()
    decode(bytes, out, (at) => halves[bytes[at]! | (bytes[at + 1]! << 8)]!)
  }
}
