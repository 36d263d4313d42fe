import { describe, expect, it } from "vitest"
import { randomValues, testDevice } from "#testing"
import { Tensor } from "../tensor/tensor.ts"
import { writeRows, writeRowsReference } from "./write-rows.ts"

const integers = async (values: readonly number[]) =>
  Tensor.from(await testDevice(), Int32Array.from(values), [values.length])

describe("writeRows", () => {
  it.each([
    { batch: 1, tokens: 1, capacity: 1, row: [1], offsets: [0], lengths: [1] },
    { batch: 1, tokens: 3, capacity: 9, row: [2, 5], offsets: [4], lengths: [3] },
    { batch: 3, tokens: 4, capacity: 6, row: [33], offsets: [0, 2, 5], lengths: [4, 1, 0] },
    { batch: 2, tokens: 70, capacity: 65, row: [3], offsets: [0, 60], lengths: [70, 70] },
    { batch: 2, tokens: 2, capacity: 3, row: [], offsets: [1, -1], lengths: [2, 2] },
  ])("$batch x $tokens tokens of $row at $offsets", async ({ batch, tokens, capacity, row, offsets, lengths }) => {
    const device = await testDevice()
    const width = row.reduce((a, b) => a * b, 1)
    const before = randomValues(batch * capacity * width, 1)
    const rows = randomValues(batch * tokens * width, 2)
    using target = Tensor.from(device, before, [batch, capacity, ...row])
    using source = Tensor.from(device, rows, [batch, tokens, ...row])
    using at = await integers(offsets)
    using counts = await integers(lengths)
    writeRows(target, source, { offsets: at, lengths: counts })
    const expected = writeRowsReference({ values: before, batch, capacity }, rows, offsets, lengths)
    expect([...(await target.read())]).toEqual(expected)
  })

  it("puts each token into a slot of its own", async () => {
    const device = await testDevice()
    const before = randomValues(3 * 4 * 5, 1)
    const rows = randomValues(2 * 3 * 5, 2)
    const slots = [11, 0, -1, 5, 12, 6]
    using target = Tensor.from(device, before, [3, 4, 5])
    using source = Tensor.from(device, rows, [2, 3, 5])
    using places = Tensor.from(device, Int32Array.from(slots), [2, 3])
    writeRows(target, source, { slots: places })
    const expected = [...before]
    for (const [row, slot] of slots.entries()) {
      if (slot >= 0 && slot < 12) expected.splice(slot * 5, 5, ...rows.slice(row * 5, row * 5 + 5))
    }
    expect([...(await target.read())]).toEqual(expected)
  })

  it("refuses rows of another shape or type", async () => {
    const device = await testDevice()
    using target = Tensor.zeros(device, [2, 4, 3])
    using one = await integers([0])
    using two = await integers([0, 0])
    using wide = Tensor.zeros(device, [2, 1, 4])
    using ids = Tensor.zeros(device, [2, 1, 3], "i32")
    using fit = Tensor.zeros(device, [2, 1, 3])
    expect(() => writeRows(target, wide, { offsets: two, lengths: two })).toThrow(/target has shape/)
    expect(() => writeRows(target, ids, { offsets: two, lengths: two })).toThrow(/target is f32/)
    expect(() => writeRows(target, fit, { offsets: one, lengths: two })).toThrow(/offsets has shape/)
    expect(() => writeRows(target, two, { offsets: two, lengths: two })).toThrow(/writeRows/)
  })
})
