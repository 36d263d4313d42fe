/**
 * Decodes all whole blocks of `bytes` into `out`. `half(at)` is the float16 number at byte `at`, as a double.
 *
 * Layouts and order of operations follow ggml's reference dequantisers. Products of a scale and a small integer are
 * rounded to float32 before a minimum is taken off, so the values equal ggml's bit for bit.
 */
export type BlockDecoder = (bytes: Uint8Array, out: Float32Array, half: (at: number) => number) => void
