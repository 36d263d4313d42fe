import type { ByteSource } from "../bytes/byte-source.ts"
import { bytesSource } from "../bytes/bytes-source.ts"
import { CheckpointError } from "../checkpoint-error.ts"
import { decodeTensorBytes } from "../dtype/decode-tensor-bytes.ts"
import type { Checkpoint } from "../stored-tensor.ts"

export interface FuzzOutcome {
  cases: number
  /** How many damaged files were refused with a `CheckpointError`; the others opened and could be read. */
  refused: number
}

/**
 * Opens damaged versions of a file and reads every tensor they claim: cut short at many places, and with flipped bits or
 * overwritten words. Anything but success or a `CheckpointError` fails, as do memory beyond what the claims of the file
 * can ask for and a case that takes seconds.
 */
export async function fuzzOpener(
  file: Uint8Array,
  open: (source: ByteSource) => Promise<Checkpoint>,
  { cases, seed, header = file.length }: { cases: number; seed: number; header?: number },
): Promise<FuzzOutcome> {
  const random = generator(seed)
  const outcome = { cases: 0, refused: 0 }
  const attempt = async (bytes: Uint8Array, what: string) => {
    const start = performance.now()
    outcome.cases++
    if (await refuses(bytes, open, what)) outcome.refused++
    const elapsed = performance.now() - start
    if (elapsed > 5000) throw new Error(`${what} took ${elapsed} ms`)
  }
  for (let i = 0; i < cases; i++) {
    const length = i < 64 ? i : random(file.length)
    await attempt(file.subarray(0, length), `cut to ${length} bytes`)
  }
  for (let i = 0; i < cases; i++) {
    const bytes = file.slice()
    const at = random(header)
    const bit = random(8)
    bytes[at]! ^= 1 << bit
    await attempt(bytes, `bit ${bit} of byte ${at} flipped`)
  }
  for (let i = 0; i < cases; i++) {
    const bytes = file.slice()
    const at = random(header)
    const words = [
      [0xff, 0xff, 0xff, 0xff],
      [0, 0, 0, 0],
      [0xff, 0xff, 0xff, 0x7f],
      [0, 0, 0, 0x40],
    ]
    bytes.set(words[random(words.length)]!.slice(0, bytes.length - at), at)
    await attempt(bytes, `word at byte ${at} overwritten`)
  }
  return outcome
}

async function refuses(bytes: Uint8Array, open: (source: ByteSource) => Promise<Checkpoint>, what: string) {
  try {
    await using checkpoint = await open(bytesSource(bytes, "damaged"))
    for (const tensor of checkpoint.tensors.values()) {
      if (tensor.byteLength > 1 << 26) continue
      const read = await tensor.read()
      if (read.byteLength !== tensor.byteLength) throw new Error(`${what}: read ${read.byteLength} bytes`)
      decodeTensorBytes(tensor.dtype, read)
    }
    return false
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw new Error(`${what} threw ${error}`, { cause: error })
    return true
  }
}

/** Whole numbers below a limit, the same for the same seed (mulberry32). */
function generator(seed: number): (limit: number) => number {
  let state = seed >>> 0
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
  }
}
