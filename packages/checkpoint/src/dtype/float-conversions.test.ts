import { expect, test } from "vitest"
import { bfloat16ToFloat32 } from "./bfloat16-to-float32.ts"
import { findFloat16Overflow } from "./find-float16-overflow.ts"
import { float16ToFloat32 } from "./float16-to-float32.ts"
import { float32ToBfloat16 } from "./float32-to-bfloat16.ts"
import { float32ToFloat16 } from "./float32-to-float16.ts"

const everyPattern = Uint16Array.from({ length: 65536 }, (_, bits) => bits)

/** Every float16 value, the middles between neighbours, and their float32 neighbours: all the ties of rounding. */
function criticalValues(): Float32Array {
  const words = new Uint32Array(65536 * 4)
  for (let bits = 0; bits < 65536; bits++) {
    const word = new Uint32Array(float16ToFloat32(Uint16Array.of(bits)).buffer)[0]!
    words.set([word, word + 0x1000, word + 0xfff, word + 0x1001], bits * 4)
  }
  return new Float32Array(words.buffer)
}

test("float16 to float32 is the platform's, for every pattern", () => {
  expect(float16ToFloat32(everyPattern)).toEqual(Float32Array.from(new Float16Array(everyPattern.buffer)))
})

test("float32 to float16 rounds as the platform, at every tie and for random patterns", () => {
  const random = new Uint32Array(1 << 18)
  let state = 1
  for (let i = 0; i < random.length; i++) random[i] = state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  const tiny = Float32Array.from({ length: 4096 }, (_, i) => (i - 2048) * 2 ** -27)
  for (const values of [criticalValues(), new Float32Array(random.buffer), tiny]) {
    const expected = new Uint16Array(new Float16Array(values).buffer)
    const actual = float32ToFloat16(values)
    const wrong = values.findIndex((value, i) => !Number.isNaN(value) && actual[i] !== expected[i])
    expect(wrong).toBe(-1)
    expect(float16ToFloat32(actual).findIndex((value, i) => Number.isNaN(value) !== Number.isNaN(values[i]!))).toBe(-1)
  }
})

test("bfloat16 keeps the upper half and rounds ties to even", () => {
  expect([...bfloat16ToFloat32(Uint16Array.of(0x3f80, 0xc000, 0x7f80))]).toEqual([1, -2, Number.POSITIVE_INFINITY])
  const words = Uint32Array.of(0x3f808000, 0x3f818000, 0x3f808001, 0x7f7fffff, 0x7f800001, 0xff800000)
  expect([...float32ToBfloat16(new Float32Array(words.buffer))]).toEqual([
    0x3f80, 0x3f82, 0x3f81, 0x7f80, 0x7fc0, 0xff80,
  ])
  const finite = everyPattern.filter((bits) => (bits & 0x7f80) !== 0x7f80)
  expect(float32ToBfloat16(bfloat16ToFloat32(finite))).toEqual(finite)
})

test("the first value too large for float16 is found", () => {
  expect(findFloat16Overflow(Float32Array.of(1, -65519, Number.POSITIVE_INFINITY))).toBe(-1)
  expect(findFloat16Overflow(Float32Array.of(1, -65520, 7e4))).toBe(1)
})
